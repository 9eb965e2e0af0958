package slipway.server.core.pipeline;

import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.PriorityQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;

/** What a version of a service has asked an event loop to do later, or again and again. */
public final class LoopTasks {

  /** Netty's queue of a loop, null until something is scheduled; belongs to the loop's thread. */
  private static final VarHandle QUEUE;

  /** What a scheduled task runs: somebody's Runnable or Callable. */
  private static final VarHandle TASK;

  private static final Class<?> SCHEDULED;

  static {
    try {
      Class<?> loop = AbstractScheduledEventExecutor.class;
      SCHEDULED =
          Class.forName("io.netty.util.concurrent.PromiseTask", false, loop.getClassLoader());
      QUEUE =
          MethodHandles.privateLookupIn(loop, MethodHandles.lookup())
              .findVarHandle(loop, "scheduledTaskQueue", PriorityQueue.class);
      TASK =
          MethodHandles.privateLookupIn(SCHEDULED, MethodHandles.lookup())
              .findVarHandle(SCHEDULED, "task", Object.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private LoopTasks() {}

  /**
   * Cancels what is to run objects of a class loader's classes, or leads to them over what is
   * nobody else's. To be called in the loop's own thread. One that is due is not there just now,
   * and is again, if it is periodic, when the loop has done what it has to do.
   *
   * @param others whose objects are not looked into: what they know is their own affair
   * @return how many there were
   */
  public static int cancel(ClassLoader loader, EventExecutor executor, Predicate<Class<?>> others) {
    if (!(executor instanceof AbstractScheduledEventExecutor loop)
        || !(QUEUE.get(loop) instanceof Queue<?> scheduled)) {
      return 0;
    }
    List<Future<?>> found =
        scheduled.stream()
            .filter(SCHEDULED::isInstance)
            .filter(task -> Traces.isIn(loader, TASK.get(task), others))
            .<Future<?>>map(Future.class::cast)
            .toList();
    return (int) found.stream().filter(task -> task.cancel(false)).count();
  }
}

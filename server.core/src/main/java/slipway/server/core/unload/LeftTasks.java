package slipway.server.core.unload;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.lang.ref.WeakReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.pipeline.LoopTasks;

/**
 * Cancels what versions that are gone have scheduled on event loops, which others use as well: they
 * would continue, in a version that has stopped, and keep it in memory. May be used from any
 * thread.
 */
final class LeftTasks {

  private static final Logger LOG = LoggerFactory.getLogger(LeftTasks.class);

  private final Set<EventExecutor> loops = new LinkedHashSet<>();
  private final Predicate<Class<?>> others;

  /**
   * For these event loops.
   *
   * @param others whose objects are not looked into, as they lead to everything
   */
  LeftTasks(List<EventLoopGroup> groups, Predicate<Class<?>> others) {
    groups.forEach(group -> group.forEach(loops::add));
    this.others = others;
  }

  /**
   * Each loop does it in its own thread; when the last one has, it is told how many there were, if
   * there were any.
   *
   * @param version the service and its version, for the log
   * @return how many there were
   */
  CompletionStage<Integer> cancel(String version, WeakReference<ClassLoader> gone) {
    AtomicInteger left = new AtomicInteger(loops.size());
    AtomicInteger found = new AtomicInteger();
    CompletableFuture<Integer> done = new CompletableFuture<>();
    for (EventExecutor loop : loops) {
      Runnable last =
          () -> {
            found.addAndGet(cancel(gone, loop));
            if (left.decrementAndGet() == 0) {
              tell(version, found.get());
              done.complete(found.get());
            }
          };
      loop.execute(
          () -> {
            found.addAndGet(cancel(gone, loop));
            loop.execute(last); // behind those that are due, which may be periodic
          });
    }
    return done;
  }

  private int cancel(WeakReference<ClassLoader> gone, EventExecutor loop) {
    ClassLoader loader = gone.get();
    return loader == null ? 0 : LoopTasks.cancel(loader, loop, others);
  }

  private static void tell(String version, int found) {
    if (found > 0) {
      LOG.warn(
          "{} has left tasks scheduled on event loops, which are cancelled: {}", version, found);
    }
  }
}

package slipway.thread;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that owns state: everything that happens to that state is a task here, and tasks run one
 * after the other. A task that fails is logged and does not stop those behind it; tasks that come
 * after the end are dropped.
 */
public final class ControlThread {

  private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);
  private static final long ANSWER_SECONDS = 30;

  private ControlThread() {}

  /**
   * Makes a thread that owns state, a daemon. It begins with its first task, and ends when it is
   * shut down.
   *
   * @param name its name
   */
  public static ScheduledExecutorService named(String name) {
    return new Owner(name);
  }

  /**
   * Asks a thread that owns state, and waits for the answer. Not for event loops, and not for that
   * thread itself.
   *
   * @throws IllegalStateException if no answer comes: the thread has ended, or is busy for long
   * @throws CompletionException if the question fails, with the failure as its cause
   */
  public static <T> T ask(Executor thread, Supplier<T> question) {
    if (isEnded(thread)) {
      throw new IllegalStateException("no answer: the host ends");
    }
    try {
      return CompletableFuture.supplyAsync(question, thread)
          .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof TimeoutException) {
        throw new IllegalStateException(
            isEnded(thread)
                ? "no answer: the host ends"
                : "no answer within "
                    + ANSWER_SECONDS
                    + " s: "
                    + (thread instanceof Owner busy ? busy.name : "the host")
                    + " is busy; try again later",
            failed);
      }
      throw failed;
    }
  }

  private static boolean isEnded(Executor thread) {
    return thread instanceof ExecutorService service && service.isShutdown();
  }

  private static final class Owner extends ScheduledThreadPoolExecutor {

    private final String name;

    Owner(String name) {
      super(
          1,
          Thread.ofPlatform().name(name).daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());
      setRemoveOnCancelPolicy(true);
      this.name = name;
    }

    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
      super.afterExecute(task, thrown);
      if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
        try {
          future.get();
        } catch (ExecutionException failed) {
          LOG.error("a task failed", failed.getCause());
        } catch (InterruptedException ending) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}

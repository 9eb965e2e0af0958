package slipway.server.core.context;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one version of a service. Those that nobody asks for are not made. May be used
 * from any thread.
 */
final class VersionThreads {

  private static final Logger LOG = LoggerFactory.getLogger(VersionThreads.class);

  private final String name;
  private ExecutorService executor;
  private ScheduledThreadPoolExecutor timer;
  private boolean ended;

  /**
   * Makes none yet.
   *
   * @param name of the service and its version, for the names of threads
   */
  VersionThreads(String name) {
    this.name = name;
  }

  synchronized ExecutorService executor() {
    if (executor == null) {
      executor =
          Executors.newThreadPerTaskExecutor(
              Thread.ofVirtual()
                  .name(name + "-", 1)
                  .inheritInheritableThreadLocals(false)
                  .uncaughtExceptionHandler((thread, failure) -> tell(failure))
                  .factory());
      endIfEnded(executor);
    }
    return executor;
  }

  synchronized ScheduledExecutorService timer() {
    if (timer == null) {
      timer = new Timer();
      endIfEnded(timer);
    }
    return timer;
  }

  /** Interrupts all of them; what is asked for later takes no tasks. */
  synchronized void end() {
    ended = true;
    if (executor != null) {
      executor.shutdownNow();
    }
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  private void endIfEnded(ExecutorService made) {
    if (ended) {
      made.shutdownNow();
    }
  }

  private void tell(Throwable failure) {
    LOG.warn("{}: a task has failed", name, failure);
  }

  private ThreadFactory timerThread() {
    return Thread.ofPlatform()
        .daemon()
        .name(name + "-timer")
        .inheritInheritableThreadLocals(false)
        .factory();
  }

  /** Logs what would end a periodic task silently. */
  private final class Timer extends ScheduledThreadPoolExecutor {

    Timer() {
      super(1, timerThread());
      setRemoveOnCancelPolicy(true);
    }

    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
      if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
        try {
          future.get();
        } catch (ExecutionException failed) {
          tell(failed.getCause());
        } catch (InterruptedException ending) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}

package slipway.services.metrics.scrape;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads meters, one after the other, in a thread that may be given up: a meter that does not come
 * to an end keeps that thread, and the next meter gets another one. It is not read again before it
 * has ended, so a meter keeps one thread at most.
 *
 * <p>Used by one thread. Not on virtual threads: a service may keep all of those from running.
 */
final class Reading implements AutoCloseable {

  private ExecutorService thread = another();

  private static ExecutorService another() {
    return Executors.newSingleThreadExecutor(
        Thread.ofPlatform().daemon().name("slipway-metrics-meter").factory());
  }

  /**
   * Reads a meter.
   *
   * @param limit how long it may take
   * @return what it told
   * @throws TimeoutException if it takes too long, or still reads for an earlier scrape
   * @throws ExecutionException if it fails
   */
  Collected read(Contributor contributor, Duration limit)
      throws TimeoutException, ExecutionException, InterruptedException {
    if (contributor.isBeingRead()) {
      throw new TimeoutException("it has not ended what it was asked before");
    }
    Collected collected = new Collected();
    contributor.begin();
    Future<?> reading =
        thread.submit(
            () -> {
              contributor.read(collected);
              return null;
            });
    try {
      reading.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return collected;
    } catch (TimeoutException late) {
      throw new TimeoutException("it took longer than " + limit.toMillis() + " ms");
    } finally {
      collected.close();
      if (!reading.isDone()) {
        thread.shutdownNow(); // interrupts it
        thread = another();
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

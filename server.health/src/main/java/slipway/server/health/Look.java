package slipway.server.health;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import slipway.config.Durations;
import slipway.health.Finding;

/**
 * One look that a check takes, in a thread of its own. It is answered by the check or by its
 * deadline, by what comes first, and only once. May be waited for by any number of threads.
 */
final class Look {

  private static final Finding UNKNOWN = Finding.failed("the question was interrupted");

  private final CompletableFuture<Finding> answer = new CompletableFuture<>();
  private final LongSupplier nanos;
  private final Duration limit;
  private final long begun;
  private volatile Thread thread;

  /**
   * Makes one that begins now.
   *
   * @param limit how long it may take
   * @param nanos the clock, as {@link System#nanoTime}
   */
  Look(Duration limit, LongSupplier nanos) {
    this.limit = limit;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /** Says which thread looks. */
  void by(Thread looking) {
    thread = looking;
  }

  /** The check has found something; false if its deadline has passed. */
  boolean answered(Finding found) {
    return answer.complete(found);
  }

  /** Waits for the answer, until the deadline at the latest. */
  Finding await() {
    try {
      long left = begun + limit.toNanos() - nanos.getAsLong();
      return answer.get(Math.max(0, left), NANOSECONDS);
    } catch (TimeoutException late) {
      abandon(Finding.failed("no answer within " + Durations.format(limit)));
      return answer.join();
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Nobody waits for it any more: interrupts its thread, unless it has answered. */
  void abandon(Finding instead) {
    Thread looking = thread;
    if (answer.complete(instead) && looking != null) {
      looking.interrupt();
    }
  }
}

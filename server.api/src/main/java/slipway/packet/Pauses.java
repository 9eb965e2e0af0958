package slipway.packet;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between tries of a server: twice as long each time, up to a limit, of which the
 * second half is drawn, so that the clients of a server that comes back do not come all at once
 * ("equal jitter": M. Brooker, Exponential Backoff And Jitter, 2015). Not safe for use by more than
 * one thread.
 */
final class Pauses {

  private final long shortest;
  private final long longest;
  private final RandomGenerator random;
  private long whole;

  Pauses(Duration shortest, Duration longest, RandomGenerator random) {
    this.shortest = shortest.toNanos();
    this.longest = longest.toNanos();
    this.random = random;
    reset();
  }

  /** The next one, in nanoseconds. */
  long next() {
    long now = whole;
    whole = now > longest / 2 ? longest : now * 2;
    return now - random.nextLong(now / 2 + 1);
  }

  /** Whether a connection of that many nanoseconds has lasted: one that did not is like none. */
  boolean isLongerThanLast(long nanos) {
    return nanos >= whole;
  }

  /** Begins with the shortest again. */
  void reset() {
    whole = shortest;
  }
}

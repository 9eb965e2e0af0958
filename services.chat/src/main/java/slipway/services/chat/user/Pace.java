package slipway.services.chat.user;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast a user may write: so many at once, then so many a second. Without a lock, by the generic
 * cell rate algorithm (ITU-T I.371, A.1, virtual scheduling). Used from any thread.
 */
public final class Pace {

  private static final long SECOND = 1_000_000_000L;

  /** When the next one would be due if all came evenly, in nanoseconds. */
  private final AtomicLong due;

  /**
   * Makes it, unused.
   *
   * @param now the time in nanoseconds, from any origin
   */
  public Pace(long now) {
    due = new AtomicLong(now);
  }

  /**
   * Asks for one.
   *
   * @param now the time in nanoseconds
   * @param burst how many may come at once
   * @param perSecond how many a second from then on
   * @return 0 if it may be now; else how many nanoseconds too early it is
   */
  public long take(long now, int burst, double perSecond) {
    long interval = (long) (SECOND / perSecond);
    while (true) {
      long before = due.get();
      long latest = now + burst * interval;
      if (before > latest) { // it was counted at a slower rate
        due.compareAndSet(before, latest);
        continue;
      }
      long base = Math.max(before, now);
      long early = base - now - (burst - 1) * interval;
      if (early > 0) {
        return early;
      }
      if (due.compareAndSet(before, base + interval)) {
        return 0;
      }
    }
  }
}

package slipway.services.chat.door;

import java.time.Duration;
import java.util.function.LongSupplier;
import slipway.services.chat.memory.Remembered;

/**
 * Paces log-ins by some key: so many at once, and as many in ten minutes from then on, evenly. A
 * log-in counts from its beginning, and is given back if it was none. The caller holds a lock.
 */
final class LogIns {

  static final long WINDOW = Duration.ofMinutes(10).toNanos();

  /** Keys that are remembered; the oldest are forgotten first. */
  private static final int MOST_REMEMBERED = 100_000;

  private final LongSupplier nanos;

  private final Remembered<Object, Count> counts = new Remembered<>(MOST_REMEMBERED);

  /**
   * What is known of a key.
   *
   * @param due when the next one would be due if all came evenly
   * @param told whether it was told that there were too many
   */
  private record Count(long due, boolean told) {}

  /**
   * Makes it, empty.
   *
   * @param nanos the time in nanoseconds, from any origin
   */
  LogIns(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Counts one.
   *
   * @param most how many may be
   * @return false, and not counted, if it is one too many
   */
  boolean begin(Object key, int most) {
    long interval = WINDOW / most;
    long ahead = ahead(key);
    if (ahead > WINDOW - interval) {
      return false;
    }
    put(key, ahead + interval);
    return true;
  }

  /** A counted log-in was none. */
  void giveBack(Object key, int most) {
    put(key, Math.max(0, ahead(key) - WINDOW / most));
  }

  /** Whether to report that there were too many: not again before half of them may be made. */
  boolean mayTell(Object key) {
    Count count = counts.get(key);
    if (count == null || count.told()) {
      return false;
    }
    counts.replace(key, new Count(count.due(), true));
    return true;
  }

  private long ahead(Object key) {
    Count count = counts.get(key);
    return count == null ? 0 : Math.max(0, count.due() - nanos.getAsLong());
  }

  private void put(Object key, long ahead) {
    Count before = counts.remove(key);
    if (ahead > 0) {
      boolean told = before != null && before.told() && ahead > WINDOW / 2;
      counts.put(key, new Count(nanos.getAsLong() + ahead, told));
    }
  }
}

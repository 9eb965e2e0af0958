package slipway.services.chat.door;

import java.time.Duration;
import java.util.function.LongSupplier;
import slipway.services.chat.door.Doors.Verdict;
import slipway.services.chat.memory.Remembered;

/**
 * Counts tries of passwords by some key: those that are under way, and those that were wrong until
 * ten minutes after the last of them. The caller holds a lock.
 */
final class Tries {

  private static final long MEMORY = Duration.ofMinutes(10).toNanos();

  /** Keys that are remembered; the oldest are forgotten first. */
  private static final int MOST_REMEMBERED = 100_000;

  private final LongSupplier nanos;
  private final Remembered<Object, Count> counts = new Remembered<>(MOST_REMEMBERED);

  /**
   * What is known of a key.
   *
   * @param last when one was wrong last
   */
  private record Count(int underWay, int wrong, long last) {}

  private static final Count NONE = new Count(0, 0, 0);

  /**
   * Makes it, empty.
   *
   * @param nanos the time in nanoseconds, from any origin
   */
  Tries(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Whether one more may be under way.
   *
   * @param most how many may be wrong
   * @param shut the answer if that many were
   */
  Verdict ask(Object key, int most, Verdict shut) {
    Count count = count(key);
    if (count.wrong() >= most) {
      return shut;
    }
    return count.wrong() + count.underWay() >= most ? Verdict.LATER : Verdict.OPEN;
  }

  /** One more is under way. */
  void begin(Object key) {
    Count count = count(key);
    put(key, new Count(count.underWay() + 1, count.wrong(), count.last()));
  }

  /**
   * One that was under way has ended.
   *
   * @return how many were wrong until now
   */
  int end(Object key, boolean wrong) {
    Count count = count(key);
    int underWay = Math.max(0, count.underWay() - 1);
    put(
        key,
        wrong
            ? new Count(underWay, count.wrong() + 1, nanos.getAsLong())
            : new Count(underWay, count.wrong(), count.last()));
    return count.wrong() + (wrong ? 1 : 0);
  }

  private Count count(Object key) {
    Count known = counts.get(key);
    Count count = known == null ? NONE : known;
    return count.wrong() > 0 && nanos.getAsLong() - count.last() > MEMORY
        ? new Count(count.underWay(), 0, 0)
        : count;
  }

  private void put(Object key, Count count) {
    if (count.underWay() > 0 || count.wrong() > 0) {
      counts.put(key, count);
    } else {
      counts.remove(key);
    }
  }
}

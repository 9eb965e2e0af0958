package slipway.meter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * Counts values in fixed buckets, for a bundle that does not count them otherwise. Any thread may
 * record, an event loop too: there is no lock, and nothing is allocated. What is read while others
 * record is a moment old.
 */
public final class Histogram {

  /** Bounds for times from a millisecond to ten seconds, as most dashboards expect them. */
  private static final Duration[] USUAL =
      LongStream.of(1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final long[] bounds;

  /** How many of what is recorded are one of what is shown. */
  private final double unit;

  /** One for each bound, one for what is beyond, and the sum. */
  private final AtomicLongArray cells;

  private Histogram(double unit, long[] bounds) {
    this.unit = unit;
    this.bounds = bounds;
    this.cells = new AtomicLongArray(bounds.length + 2);
    snapshot(); // which refuses bounds that do not rise
  }

  /** Of times, from a millisecond to ten seconds. */
  public static Histogram ofTimes() {
    return ofTimes(USUAL);
  }

  /**
   * Of times, which are recorded in nanoseconds and shown in seconds.
   *
   * @param bounds upper bounds of the buckets, rising
   */
  public static Histogram ofTimes(Duration... bounds) {
    return new Histogram(1e9, Arrays.stream(bounds).mapToLong(Duration::toNanos).toArray());
  }

  /**
   * Of sizes, which are recorded and shown in bytes.
   *
   * @param bounds upper bounds of the buckets, rising
   */
  public static Histogram ofSizes(long... bounds) {
    return new Histogram(1, bounds.clone());
  }

  /**
   * Counts a value.
   *
   * @param value nanoseconds or bytes; one below 0 counts as 0, as a clock may have stepped
   */
  public void record(long value) {
    long counted = Math.max(0, value);
    int bucket = 0;
    while (bucket < bounds.length && counted > bounds[bucket]) {
      bucket++;
    }
    cells.getAndIncrement(bucket);
    cells.getAndAdd(sum(), counted);
  }

  private int sum() {
    return bounds.length + 1;
  }

  private double shown(long value) {
    return value / unit;
  }

  /** What was recorded until now. */
  public Distribution snapshot() {
    List<Long> counts = new ArrayList<>(bounds.length + 1);
    for (int bucket = 0; bucket <= bounds.length; bucket++) {
      counts.add(cells.get(bucket));
    }
    return new Distribution(
        Arrays.stream(bounds).mapToObj(this::shown).toList(), counts, shown(cells.get(sum())));
  }
}

package slipway.server.core.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/**
 * How often tasks have waited how long, since the host was started. The buckets are fixed, so that
 * those of several hosts add up. Written and read by any thread, without a lock.
 */
public final class LagHistogram {

  private static final List<Duration> BOUNDS =
      LongStream.of(
              100,
              250,
              500,
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              50_000,
              100_000,
              250_000,
              500_000,
              1_000_000,
              2_500_000,
              5_000_000,
              10_000_000)
          .mapToObj(micros -> Duration.ofNanos(1000 * micros))
          .toList();

  private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.size() + 1);
  private final LongAdder nanos = new LongAdder();

  /**
   * The histogram at one moment; it may be one task ahead in one of its parts.
   *
   * @param bounds the longest time of each bucket, in rising order
   * @param counts tasks in each bucket, and behind them those that have waited longer than all
   *     bounds
   * @param sum the time that all of them have waited
   */
  public record Snapshot(List<Duration> bounds, List<Long> counts, Duration sum) {

    /** The lists do not change. */
    public Snapshot {
      bounds = List.copyOf(bounds);
      counts = List.copyOf(counts);
    }

    /** How many tasks have waited. */
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** How many of them have waited no longer than a bound. */
    public long countWithin(Duration bound) {
      long within = 0;
      for (int i = 0; i < bounds.size() && bounds.get(i).compareTo(bound) <= 0; i++) {
        within += counts.get(i);
      }
      return within;
    }
  }

  /** Counts a task. */
  void record(Duration waited) {
    int bucket = 0;
    while (bucket < BOUNDS.size() && BOUNDS.get(bucket).compareTo(waited) < 0) {
      bucket++;
    }
    counts.incrementAndGet(bucket);
    nanos.add(waited.toNanos());
  }

  /** What has been counted. */
  Snapshot snapshot() {
    return new Snapshot(
        BOUNDS,
        LongStream.range(0, counts.length()).mapToObj(i -> counts.get((int) i)).toList(),
        Duration.ofNanos(nanos.sum()));
  }
}

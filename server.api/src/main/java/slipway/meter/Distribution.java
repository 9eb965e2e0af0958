package slipway.meter;

import java.util.ArrayList;
import java.util.List;

/**
 * How values were distributed, at one moment.
 *
 * @param bounds upper bounds of the buckets in base units, rising; the last bucket has no bound and
 *     none here, so that none at all gives the number of values and their sum alone
 * @param counts how many values were in each bucket: one more than there are bounds
 * @param sum of all values, in the base unit
 */
public record Distribution(List<Double> bounds, List<Long> counts, double sum) {

  /** Checks that the buckets fit. */
  public Distribution {
    bounds = List.copyOf(bounds);
    counts = List.copyOf(counts);
    if (counts.size() != bounds.size() + 1 || counts.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "counts = "
              + counts
              + ": allowed are numbers of 0 or more, one more than the bounds "
              + bounds);
    }
    for (int at = 0; at < bounds.size(); at++) {
      if (!Double.isFinite(bounds.get(at)) || at > 0 && bounds.get(at) <= bounds.get(at - 1)) {
        throw new IllegalArgumentException("bounds = " + bounds + ": allowed are rising numbers");
      }
    }
  }

  /** The number of values and their sum, without buckets. */
  public static Distribution of(long count, double sum) {
    return new Distribution(List.of(), List.of(count), sum);
  }

  /** How many values there were. */
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** How many values were not above a bound; of values between two bounds, none. */
  public long countWithin(double bound) {
    long within = 0;
    for (int at = 0; at < bounds.size() && bounds.get(at) <= bound; at++) {
      within += counts.get(at);
    }
    return within;
  }

  /**
   * Both together.
   *
   * @throws IllegalArgumentException if their bounds differ
   */
  public Distribution plus(Distribution other) {
    if (!bounds.equals(other.bounds)) {
      throw new IllegalArgumentException(
          "bounds = " + other.bounds + ": allowed are those of the other, " + bounds);
    }
    List<Long> both = new ArrayList<>(counts.size());
    for (int at = 0; at < counts.size(); at++) {
      both.add(counts.get(at) + other.counts.get(at));
    }
    return new Distribution(bounds, both, sum + other.sum);
  }
}

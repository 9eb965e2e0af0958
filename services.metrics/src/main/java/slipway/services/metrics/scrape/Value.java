package slipway.services.metrics.scrape;

import java.util.List;
import java.util.TreeSet;
import slipway.meter.Distribution;

/** What one series has at one moment. */
sealed interface Value {

  /** Of a counter or a gauge. */
  record Figure(double figure) implements Value {}

  /** Of a state. Two that are in different states are in both. */
  record State(List<String> now) implements Value {}

  /** Of an information: its labels say it all. */
  record Info() implements Value {}

  /** Of a histogram. */
  record Buckets(Distribution values) implements Value {}

  /**
   * What two meters tell of one series.
   *
   * @throws IllegalArgumentException if they cannot be added up
   */
  static Value sum(Value one, Value other) {
    if (one instanceof Figure left && other instanceof Figure right) {
      return new Figure(left.figure() + right.figure());
    }
    if (one instanceof State left && other instanceof State right) {
      TreeSet<String> both = new TreeSet<>(left.now());
      both.addAll(right.now());
      return new State(List.copyOf(both));
    }
    if (one instanceof Buckets left && other instanceof Buckets right) {
      return new Buckets(left.values().plus(right.values()));
    }
    return one;
  }
}

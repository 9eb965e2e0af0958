package slipway.services.metrics.scrape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.meter.Metric;

/**
 * A metric and its series.
 *
 * @param metric what it is
 * @param states all states that it can have, if it is a state
 * @param series by the values of their labels
 */
record Family(Metric metric, List<String> states, Map<List<String>, Value> series) {

  /** One without series. */
  static Family of(Metric metric, List<String> states) {
    return new Family(metric, List.copyOf(states), new LinkedHashMap<>());
  }

  /** A copy that can be added to. */
  Family copy() {
    return new Family(metric, states, new LinkedHashMap<>(series));
  }

  /**
   * Both together.
   *
   * @throws IllegalArgumentException if they do not agree, with the difference
   */
  Family plus(Family other) {
    if (!metric.equals(other.metric) || !states.equals(other.states)) {
      throw new IllegalArgumentException(
          "another bundle has told it first as "
              + metric
              + states
              + ", not as "
              + other.metric
              + other.states);
    }
    Family both = copy();
    other.series.forEach((labels, value) -> both.series.merge(labels, value, Value::sum));
    return both;
  }
}

package slipway.services.metrics.scrape;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import slipway.meter.Distribution;
import slipway.meter.Metric;
import slipway.meter.Metric.Kind;
import slipway.meter.Readings;

/**
 * What one meter tells at one scrape, checked as it comes. Holds texts and numbers alone, nothing
 * of the meter's classes.
 *
 * <p>Filled by the thread that reads the meter; another one looks at it when that is done.
 */
final class Collected implements Readings {

  /** So that a label with too many values makes one meter silent, and not the scrape too large. */
  static final int MOST_SERIES = 10_000;

  private static final int LONGEST_LABEL = 200;

  private final Map<String, Family> families = new LinkedHashMap<>();
  private int series;
  private volatile boolean over;

  /** Takes nothing from now on; in any thread. */
  void close() {
    over = true;
  }

  Collection<Family> families() {
    return families.values();
  }

  @Override
  public void value(Metric metric, double value, String... labels) {
    if (metric.kind() != Kind.COUNTER && metric.kind() != Kind.GAUGE) {
      throw wrongKind(metric, "a counter or a gauge");
    }
    if (metric.kind() == Kind.COUNTER && !(value >= 0 && Double.isFinite(value))) {
      throw refused(metric, "value = " + value, "a number of 0 or more");
    }
    put(metric, List.of(), new Value.Figure(value), labels);
  }

  @Override
  public void state(Metric metric, Enum<?> state, String... labels) {
    if (metric.kind() != Kind.STATE) {
      throw wrongKind(metric, "a state");
    }
    List<String> all =
        Stream.of(state.getDeclaringClass().getEnumConstants()).map(Enum::name).toList();
    put(metric, all, new Value.State(List.of(state.name())), labels);
  }

  @Override
  public void info(Metric metric, String... labels) {
    if (metric.kind() != Kind.INFO) {
      throw wrongKind(metric, "an information");
    }
    put(metric, List.of(), new Value.Info(), labels);
  }

  @Override
  public void histogram(Metric metric, Distribution values, String... labels) {
    if (metric.kind() != Kind.HISTOGRAM) {
      throw wrongKind(metric, "a histogram");
    }
    put(metric, List.of(), new Value.Buckets(values), labels);
  }

  private void put(Metric metric, List<String> states, Value value, String... labels) {
    if (over) {
      throw new IllegalStateException("the scrape is over: a meter tells within a second");
    }
    List<String> values = checked(metric, labels);
    Family family = families.computeIfAbsent(metric.name(), name -> Family.of(metric, states));
    if (!family.metric().equals(metric) || !family.states().equals(states)) {
      throw refused(metric, metric.toString(), "what was told before, " + family.metric());
    }
    if (family.series().putIfAbsent(values, value) != null) {
      throw refused(metric, "labels = " + values, "each series once");
    }
    series++;
    if (series > MOST_SERIES) {
      throw refused(metric, series + " series", MOST_SERIES + " for one meter");
    }
  }

  private static List<String> checked(Metric metric, String... labels) {
    if (labels.length != metric.labels().size()) {
      throw refused(
          metric, "labels = " + List.of(labels), "a value for each of " + metric.labels());
    }
    List<String> values = new ArrayList<>(labels.length);
    for (String label : labels) {
      values.add(
          label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 1) + '…');
    }
    return values;
  }

  private static IllegalArgumentException wrongKind(Metric metric, String asked) {
    return refused(metric, asked, "what it is, " + metric.kind());
  }

  private static IllegalArgumentException refused(Metric metric, String what, String allowed) {
    return new IllegalArgumentException(
        "metric " + metric.name() + ": " + what + ": allowed is " + allowed);
  }
}

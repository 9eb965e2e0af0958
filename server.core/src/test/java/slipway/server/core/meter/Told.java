package slipway.server.core.meter;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import slipway.meter.Distribution;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/**
 * What a meter tells, as a line for each series: the test kit has the same, and needs this module.
 */
public final class Told implements Readings {

  private final List<String> lines = new ArrayList<>();

  private Told() {}

  /**
   * Asks a meter once.
   *
   * @return a line for each series, in no order: a state ends in its name, an information has no
   *     value, and a histogram is told by its count alone
   * @throws Exception what the meter throws
   */
  public static List<String> of(Meter meter) throws Exception {
    Told readings = new Told();
    meter.read(readings);
    return List.copyOf(readings.lines);
  }

  @Override
  public void value(Metric metric, double value, String... labels) {
    lines.add(series(metric, labels) + " " + value);
  }

  @Override
  public void state(Metric metric, Enum<?> state, String... labels) {
    lines.add(series(metric, labels) + " " + state.name());
  }

  @Override
  public void info(Metric metric, String... labels) {
    lines.add(series(metric, labels));
  }

  @Override
  public void histogram(Metric metric, Distribution values, String... labels) {
    lines.add(series(metric, labels) + " " + values.count());
  }

  private static String series(Metric metric, String... labels) {
    if (labels.length != metric.labels().size()) {
      throw new IllegalArgumentException(
          metric.name()
              + ": labels = "
              + List.of(labels)
              + ": allowed is a value for each of "
              + metric.labels());
    }
    StringJoiner shown = new StringJoiner(",", metric.name() + "{", "}");
    shown.setEmptyValue(metric.name());
    for (int at = 0; at < labels.length; at++) {
      shown.add(metric.labels().get(at) + "=\"" + labels[at] + "\"");
    }
    return shown.toString();
  }
}

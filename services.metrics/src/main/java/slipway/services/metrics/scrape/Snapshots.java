package slipway.services.metrics.scrape;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import slipway.meter.Distribution;
import slipway.meter.Metric;

/** Turns families into what Prometheus' library writes. The only class that knows its model. */
final class Snapshots {

  private static final List<Unit> UNITS = List.of(Unit.SECONDS, Unit.BYTES, Unit.RATIO);

  private Snapshots() {}

  static MetricSnapshots of(Collection<Family> families) {
    return new MetricSnapshots(families.stream().map(Snapshots::of).toList());
  }

  private static MetricSnapshot of(Family family) {
    MetricMetadata about = about(family.metric());
    return switch (family.metric().kind()) {
      case COUNTER ->
          new CounterSnapshot(
              about,
              points(
                  family,
                  Value.Figure.class,
                  (value, labels) ->
                      new CounterDataPointSnapshot(value.figure(), labels, null, 0)));
      case GAUGE ->
          new GaugeSnapshot(
              about,
              points(
                  family,
                  Value.Figure.class,
                  (value, labels) -> new GaugeDataPointSnapshot(value.figure(), labels, null)));
      case STATE ->
          new StateSetSnapshot(
              about,
              points(
                  family,
                  Value.State.class,
                  (value, labels) -> states(family.states(), value, labels)));
      case INFO ->
          new InfoSnapshot(
              about,
              points(
                  family, Value.Info.class, (value, labels) -> new InfoDataPointSnapshot(labels)));
      case HISTOGRAM ->
          new HistogramSnapshot(
              about,
              points(
                  family,
                  Value.Buckets.class,
                  (value, labels) -> histogram(value.values(), labels)));
    };
  }

  /** The library puts {@code _total} and {@code _info} behind names by itself. */
  private static MetricMetadata about(Metric metric) {
    String base =
        switch (metric.kind()) {
          case COUNTER -> without("_total", metric.name());
          case INFO -> without("_info", metric.name());
          default -> metric.name();
        };
    Unit unit = UNITS.stream().filter(one -> base.endsWith("_" + one)).findFirst().orElse(null);
    return new MetricMetadata(base, metric.help(), unit);
  }

  private static String without(String ending, String name) {
    return name.substring(0, name.length() - ending.length());
  }

  private static <V extends Value, P extends DataPointSnapshot> List<P> points(
      Family family, Class<V> type, BiFunction<V, Labels, P> point) {
    List<P> points = new ArrayList<>(family.series().size());
    family
        .series()
        .forEach(
            (labels, value) ->
                points.add(
                    point.apply(type.cast(value), Labels.of(family.metric().labels(), labels))));
    return points;
  }

  private static StateSetDataPointSnapshot states(
      List<String> names, Value.State state, Labels labels) {
    boolean[] values = new boolean[names.size()];
    for (int at = 0; at < values.length; at++) {
      values[at] = state.now().contains(names.get(at));
    }
    return new StateSetDataPointSnapshot(names.toArray(String[]::new), values, labels);
  }

  private static HistogramDataPointSnapshot histogram(Distribution values, Labels labels) {
    List<Double> bounds = new ArrayList<>(values.bounds());
    bounds.add(Double.POSITIVE_INFINITY);
    return new HistogramDataPointSnapshot(
        ClassicHistogramBuckets.of(bounds, values.counts()), values.sum(), labels, null, 0);
  }
}

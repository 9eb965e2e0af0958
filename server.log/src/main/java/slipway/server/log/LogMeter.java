package slipway.server.log;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import slipway.admin.LogLevel;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** Counts records. Counted in the log's thread, read in any. */
final class LogMeter implements Meter {

  private static final Metric RECORDS =
      Metric.counter("slipway_log_records_total", "Records that were written.", "level");
  private static final Metric DROPPED =
      Metric.counter(
          "slipway_log_dropped_total",
          "Records that were dropped, as they came faster than they can be written.");

  private final Map<LogLevel, LongAdder> written = new EnumMap<>(LogLevel.class);
  private final LongAdder dropped = new LongAdder();

  LogMeter() {
    for (LogLevel level : LogLevel.values()) {
      written.put(level, new LongAdder());
    }
  }

  void written(LogLevel level) {
    written.get(level).increment();
  }

  void dropped(long records) {
    dropped.add(records);
  }

  @Override
  public void read(Readings readings) {
    written.forEach(
        (level, count) ->
            readings.value(RECORDS, count.sum(), level.name().toLowerCase(Locale.ROOT)));
    readings.value(DROPPED, dropped.sum());
  }
}

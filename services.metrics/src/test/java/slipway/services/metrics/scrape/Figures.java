package slipway.services.metrics.scrape;

import slipway.meter.Distribution;
import slipway.meter.Histogram;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** One metric of each kind. */
final class Figures implements Meter {

  static final Metric MESSAGES = Metric.counter("demo_messages_total", "Messages.", "room");
  static final Metric USERS = Metric.gauge("demo_users", "Users.");
  static final Metric STATE = Metric.state("demo_state", "State.", "service");
  static final Metric BUILD = Metric.info("demo_build_info", "Build.", "version");
  static final Metric STORE = Metric.histogram("demo_store_seconds", "Time to store.");
  static final Metric SIZES = Metric.histogram("demo_size_bytes", "Sizes.");

  enum Phase {
    RUNS,
    STOPPED
  }

  private final Histogram times = Histogram.ofTimes();

  Figures() {
    times.record(3_000_000);
  }

  @Override
  public void read(Readings readings) {
    readings.value(MESSAGES, 5, "a\"b\\c\nd");
    readings.value(MESSAGES, 12_345_678_901L, "other");
    readings.value(USERS, -1.5);
    readings.state(STATE, Phase.RUNS, "demo");
    readings.info(BUILD, "1.0");
    readings.histogram(STORE, times.snapshot());
    readings.histogram(SIZES, Distribution.of(3, 300));
  }
}

package slipway.server.data;

import java.util.function.Supplier;
import slipway.meter.Histogram;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/**
 * The database, in whichever configuration: whether it is there, what waits for it, and how long
 * transactions take. Counted in the database's threads, read in any.
 */
final class DataMeter implements Meter {

  private static final Metric UP =
      Metric.gauge(
          "slipway_database_up", "Whether the database is there, or was not needed yet: 0 or 1.");
  private static final Metric QUEUE =
      Metric.gauge("slipway_database_queue", "Work that waits for the database, or is being done.");
  private static final Metric TRANSACTIONS =
      Metric.histogram(
          "slipway_database_transaction_seconds",
          "Time of transactions, without the wait for a thread.",
          "kind",
          "outcome");

  private final Supplier<Link> link;
  private final TransactionTimes times;

  /**
   * Tells of the configuration that is in force.
   *
   * @param link that of now
   */
  DataMeter(Supplier<Link> link, TransactionTimes times) {
    this.link = link;
    this.times = times;
  }

  @Override
  public void read(Readings readings) {
    Link now = link.get();
    readings.value(UP, now.away().isEmpty() ? 1 : 0);
    readings.value(QUEUE, now.waiting());
    tell(readings, times.reads(), "read", "done");
    tell(readings, times.writes(), "write", "done");
    tell(readings, times.failedReads(), "read", "failed");
    tell(readings, times.failedWrites(), "write", "failed");
  }

  private static void tell(Readings readings, Histogram times, String... labels) {
    readings.histogram(TRANSACTIONS, times.snapshot(), labels);
  }
}

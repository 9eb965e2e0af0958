package slipway.server.data;

import slipway.meter.Histogram;

/**
 * How long transactions have taken, in all configurations of the host's life.
 *
 * @param reads those that only read
 * @param writes those that were committed
 * @param failedReads those that failed, and were to read
 * @param failedWrites those that failed, and were to write
 */
record TransactionTimes(
    Histogram reads, Histogram writes, Histogram failedReads, Histogram failedWrites) {

  TransactionTimes() {
    this(Histogram.ofTimes(), Histogram.ofTimes(), Histogram.ofTimes(), Histogram.ofTimes());
  }

  /** One is over; the time is in nanoseconds. */
  void record(boolean writes, boolean done, long nanos) {
    Histogram times = done ? reads : failedReads;
    if (writes) {
      times = done ? this.writes : failedWrites;
    }
    times.record(nanos);
  }
}

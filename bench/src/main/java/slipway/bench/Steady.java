package slipway.bench;

import org.HdrHistogram.Histogram;
import slipway.bench.measure.Window.Account;

/**
 * What one server came to in a window of messages that are sent at a steady rate.
 *
 * @param rate messages a second
 * @param cpuMicros CPU of the server for each message
 * @param foreign what share of the machine others used meanwhile
 * @param p50Micros time to a message, from when it was due; likewise the others
 * @param allocatedBytes on the server's heap for each message; NaN if it is not Java's
 */
record Steady(
    double rate,
    double cpuMicros,
    double foreign,
    double p50Micros,
    double p99Micros,
    double p999Micros,
    double maxMicros,
    double allocatedBytes) {

  /**
   * Of a window.
   *
   * @param messages that arrived in it
   * @param nanos times to those that were due in it
   * @param allocatedBytes for each of them
   */
  static Steady of(long messages, Account account, Histogram nanos, double allocatedBytes) {
    return new Steady(
        messages / account.seconds(),
        account.serverMicros() / (double) messages,
        account.foreign(),
        nanos.getValueAtPercentile(50) / 1e3,
        nanos.getValueAtPercentile(99) / 1e3,
        nanos.getValueAtPercentile(99.9) / 1e3,
        nanos.getMaxValue() / 1e3,
        allocatedBytes);
  }
}

package slipway.server.profile.record;

import java.time.Duration;

/**
 * What a flame graph is to show.
 *
 * @param isAllocation whether it is what code allocates, in bytes; else what it computes
 * @param service the service whose code it is; null for all code
 * @param time for how long that is recorded
 */
record FlameSpec(boolean isAllocation, String service, Duration time) {

  /** In a few words, for the head of the graph. */
  String title() {
    return (isAllocation ? "Allocation" : "CPU")
        + (service == null ? "" : " of " + service)
        + ", "
        + time.toSeconds()
        + " s";
  }
}

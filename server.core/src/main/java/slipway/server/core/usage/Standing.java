package slipway.server.core.usage;

import slipway.admin.ServiceState;

/**
 * How a service stands, for those who ask.
 *
 * @param cpu its share of the processors
 * @param heap its share of the heap
 * @param excess what it uses too much of; empty for nothing
 * @param lockedFor why it was locked; empty if it was not, or has another state since
 */
record Standing(Share.Figures cpu, Share.Figures heap, String excess, String lockedFor) {

  /** What operators ought to know of a service in a state; empty for nothing. */
  String remark(ServiceState state) {
    return lockedFor.isEmpty() || state.admits() ? excess : lockedFor;
  }
}

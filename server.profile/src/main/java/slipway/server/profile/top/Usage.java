package slipway.server.profile.top;

/**
 * What an owner's code has used.
 *
 * @param cpu processor time in nanoseconds
 * @param allocated bytes
 * @param handling nanoseconds for which its handlers had an event loop
 * @param samples how many samples of processor time it was found in
 */
record Usage(long cpu, long allocated, long handling, long samples) {

  static final Usage NONE = new Usage(0, 0, 0, 0);

  Usage plus(Usage more) {
    return new Usage(
        cpu + more.cpu,
        allocated + more.allocated,
        handling + more.handling,
        samples + more.samples);
  }

  /** What came to it since then; not below zero, as time may go from the host to a version. */
  Usage since(Usage earlier) {
    return new Usage(
        Math.max(0, cpu - earlier.cpu),
        Math.max(0, allocated - earlier.allocated),
        Math.max(0, handling - earlier.handling),
        Math.max(0, samples - earlier.samples));
  }

  /** Nanoseconds for which it kept threads from others: it computed, or its handlers waited. */
  long threads() {
    return Math.max(cpu, handling);
  }

  boolean isNothing() {
    return equals(NONE);
  }
}

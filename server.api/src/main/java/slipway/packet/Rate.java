package slipway.packet;

/**
 * How many packets a peer may send: a bucket of tokens that is filled as time passes. Confined to
 * the event loop.
 */
final class Rate {

  private static final long SECOND = 1_000_000_000L;

  private final long nanosPerPacket;
  private final long room;

  /** Time that has been saved up, in nanoseconds. */
  private long saved;

  private long seen;

  /**
   * Makes it, full.
   *
   * @param perSecond 0 for any number
   * @param now in nanoseconds
   */
  Rate(int perSecond, int burst, long now) {
    nanosPerPacket = perSecond == 0 ? 0 : Math.max(1, SECOND / perSecond);
    room = burst * nanosPerPacket;
    saved = room;
    seen = now;
  }

  /** Time has passed. */
  void at(long now) {
    if (nanosPerPacket > 0) {
      saved = Math.min(room, saved + (now - seen));
      seen = now;
    }
  }

  /** How long until a packet may come, in nanoseconds; 0 if it may now. */
  long pause() {
    return Math.max(0, nanosPerPacket - saved);
  }

  /** A packet has come. */
  void take() {
    saved -= nanosPerPacket;
  }
}

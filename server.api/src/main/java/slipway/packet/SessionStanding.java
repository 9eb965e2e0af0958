package slipway.packet;

/**
 * What a session is known by, and what becomes of it. Written in its event loop, read by any
 * thread.
 */
final class SessionStanding {

  private volatile long id;
  private volatile Resumption resumption;
  private volatile PacketEnd end;
  private volatile PacketSession heir;

  /**
   * Makes that of an open one.
   *
   * @param resumption null if it ends with its connection in any case
   */
  SessionStanding(long id, Resumption resumption) {
    this.id = id;
    this.resumption = resumption;
  }

  long id() {
    return id;
  }

  /** Null if it ends with its connection in any case. */
  Resumption resumption() {
    return resumption;
  }

  /** Why it is over; null as long as it is open. */
  PacketEnd end() {
    return end;
  }

  /** The one that goes on for it; null if none does. */
  PacketSession heir() {
    return heir;
  }

  void ended(PacketEnd why) {
    end = why;
  }

  /** It ends with its connection, and another one goes on for it. */
  void passesTo(PacketSession next) {
    heir = next;
    end = PacketEnd.LEFT;
  }

  /** It goes on for another one. */
  void goesOn(long number, Resumption other) {
    id = number;
    resumption = other;
  }
}

package slipway.server.world;

import slipway.packet.PacketEnd;

/**
 * How a session leaves its world at the end of a frame; one that moves may be closed before that.
 * Belongs to the loop of that world; whether it is closed is read by any thread.
 */
final class Exit {

  private HostWorld target;
  private byte[] ticket;
  private volatile PacketEnd closing;
  private volatile HostSession resumed;

  /** Why its world closes it; null if it does not. */
  PacketEnd closing() {
    return closing;
  }

  /** Where it moves, which has a place for it; null for nowhere. */
  HostWorld target() {
    return target;
  }

  /** What the other world is given. */
  byte[] ticket() {
    return ticket;
  }

  /** The one that has its connection from then on, in its place; null if it keeps that. */
  HostSession resumed() {
    return resumed;
  }

  void moveTo(HostWorld world, byte[] given) {
    target = world;
    ticket = given;
  }

  void passTo(HostSession other) {
    resumed = other;
  }

  void close(PacketEnd why) {
    closing = why;
  }

  /** It has moved. */
  void stay() {
    target = null;
    ticket = null;
  }
}

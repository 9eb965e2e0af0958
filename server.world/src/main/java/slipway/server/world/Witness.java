package slipway.server.world;

import slipway.packet.Packet;
import slipway.server.world.record.Deeds;

/**
 * Sees what a version does that is told what another one was told, and answers in place of the
 * host. Called in the thread of the version.
 */
interface Witness {

  /** Sees nothing, and answers as is usual. */
  Witness NOBODY = new Witness() {};

  /** A packet is sent to a session. */
  default void sent(long session, Deeds.Kind kind, Packet packet, long key) {
    // nobody looks
  }

  /** Something else is done. */
  default void did(long session, Deeds.Kind kind, String what, byte... bytes) {
    // nobody looks
  }

  /**
   * Answers the version.
   *
   * @param usual what is to be expected of the host
   */
  default boolean answered(boolean usual) {
    return usual;
  }

  /**
   * Gives the version a value.
   *
   * @param usual what is to be expected of the host
   */
  default byte[] given(byte... usual) {
    return usual;
  }
}

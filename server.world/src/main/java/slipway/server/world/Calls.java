package slipway.server.world;

import slipway.packet.PacketEnd;
import slipway.packet.PacketException;
import slipway.packet.PacketReader;
import slipway.world.Leaving;

/**
 * Calls a version for one session: whatever it throws ends that session, and no other. Confined to
 * the world's loop.
 */
final class Calls {

  private final Failures failures;
  private Tenure tenure;

  Calls(Failures failures) {
    this.failures = failures;
  }

  /** The version that is called from now on. */
  void call(Tenure version) {
    tenure = version;
  }

  /** A session comes; returns whether it has joined, and has it closed if it has not. */
  boolean join(HostSession session, byte[] ticket) {
    try {
      if (tenure.world().join(session, PacketReader.of(ticket))) {
        return true;
      }
      session.close(PacketEnd.REFUSED);
    } catch (Throwable failed) {
      failed(session, failed);
    }
    return false;
  }

  void packet(HostSession session, PacketReader packet) {
    try {
      tenure.world().packet(session, packet);
    } catch (Throwable failed) {
      failed(session, failed);
    }
  }

  void timeout(HostSession session) {
    try {
      tenure.world().timeout(session);
    } catch (Throwable failed) {
      failed(session, failed);
    }
  }

  void leave(HostSession session, Leaving why) {
    try {
      tenure.world().leave(session, why);
    } catch (Throwable failed) {
      failed(session, failed);
    }
  }

  void released(HostSession session) {
    try {
      tenure.world().released(session);
    } catch (Throwable failed) {
      failed(session, failed);
    }
  }

  private void failed(HostSession session, Throwable failed) {
    if (failed instanceof PacketException wrong) {
      session.close(wrong.end());
    } else {
      failures.failed(session, failed);
      session.close(PacketEnd.FAILED);
    }
  }
}

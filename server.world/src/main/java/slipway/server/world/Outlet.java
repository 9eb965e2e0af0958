package slipway.server.world;

import slipway.packet.Packet;
import slipway.packet.PacketBatch;
import slipway.packet.PacketSession;
import slipway.server.world.record.Deeds;

/** Sends a session what its world has for it. Belongs to the loop of that world. */
final class Outlet {

  private final HostSession session;

  Outlet(HostSession session) {
    this.session = session;
  }

  /**
   * Sends a packet at the end of the frame.
   *
   * @param kind how
   * @param key of one that a newer one of the same key replaces
   * @return false if the session is over
   */
  boolean send(Deeds.Kind kind, Packet packet, long key) {
    HostWorld world = session.world();
    world.calls().sent(session, kind, packet, key);
    return world.calls().answered(takes(world, packet) && put(world.batch(), kind, packet, key));
  }

  /** Whether it can be sent a packet. One that is too long for it ends it, and not its world. */
  private boolean takes(HostWorld world, Packet packet) {
    if (!session.isOpen()) {
      return false;
    }
    int most = session.packets().settings().format().max();
    if (packet.size() > most) {
      world.calls().tooLong(session, packet.size(), most);
      return false;
    }
    return true;
  }

  private boolean put(PacketBatch batch, Deeds.Kind kind, Packet packet, long key) {
    PacketSession packets = session.packets();
    return switch (kind) {
      case SEND -> batch.send(packets, packet);
      case SEND_LATEST -> batch.sendLatest(packets, packet, key);
      case SEND_IF_ROOM -> batch.sendIfRoom(packets, packet);
      default -> throw new IllegalArgumentException(kind.name());
    };
  }
}

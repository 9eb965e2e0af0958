package slipway.services.world;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import slipway.account.Network;
import slipway.account.Origin;
import slipway.packet.Packet;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketSession;
import slipway.packet.PacketSessions;

/**
 * With which session each account is in. A world belongs to its loop, and what happens to accounts
 * comes from another thread: so this is what both can see. May be used from any thread.
 *
 * <p>The number of a session that is over does no harm here: no other session ever has it.
 */
final class Presence {

  private final PacketSessions sessions;
  private final Map<Long, Long> accounts = new ConcurrentHashMap<>();

  Presence(PacketSessions sessions) {
    this.sessions = sessions;
  }

  /** An account is in with a session, and no more with the one before. */
  void enter(long account, long session) {
    accounts.put(account, session);
  }

  /** A session of an account is over. */
  void leave(long account, long session) {
    accounts.remove(account, session);
  }

  /** Closes a session, in whichever world it is; nothing happens if it is over. */
  void close(long session) {
    sessions.find(session).ifPresent(PacketSession::close);
  }

  // ---- when accounts change --------------------------------------------------------------------

  /** Tells the player of an account why it is out from now on. */
  void end(long account, int reason, String text) {
    Optional.ofNullable(accounts.get(account))
        .flatMap(sessions::find)
        .ifPresent(session -> end(session, reason, text));
  }

  /** Tells all clients of a network why they are out from now on. */
  void end(Network network, int reason, String text) {
    for (PacketSession session : sessions.open()) {
      if (Origin.of(session.connection()).address().filter(network::contains).isPresent()) {
        end(session, reason, text);
      }
    }
  }

  private static void end(PacketSession session, int reason, String text) {
    PacketBuilder packet =
        PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT, Protocol.REFUSED).u8(reason);
    try (Packet refused = Protocol.text(packet, text).build()) {
      session.send(refused);
    } finally {
      session.close(); // even if the operator allows no packet of this length
    }
  }
}

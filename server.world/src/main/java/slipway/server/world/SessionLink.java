package slipway.server.world;

import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReference;
import slipway.packet.PacketEnd;
import slipway.packet.PacketFormat;
import slipway.packet.PacketInbox;
import slipway.packet.PacketSession;
import slipway.packet.Resumption;

/**
 * The connection of a session, and how it is lost and another one takes its place:
 *
 * <pre>
 *  its event loop      connected; lost ─▸ news
 *  its world           becomesLost
 *  another world       claim, comes ─▸ successor
 *  its world           reconnect, at the end of a frame
 *  the new event loop  reconnected ─▸ news
 *  its world           becomesBack
 * </pre>
 *
 * <p>May be used from any thread, except where it says otherwise.
 */
final class SessionLink implements Resumption.Listener {

  private final HostSession session;
  private final SessionIndex sessions;
  private final Tokens tokens;

  /** Where packets come, by whichever connection. */
  private final PacketInbox inbox;

  /** Of the connection; another one when the peer has come back. Changed by its world's loop. */
  private volatile PacketSession packets;

  /** Null if the session ends with its connection. */
  private final Resumption resumption;

  /** What its peer comes back with; null if it cannot. */
  private final AtomicReference<byte[]> token = new AtomicReference<>();

  /** The new connection's; null if there is none, or the session has been passed to it. */
  private final AtomicReference<PacketSession> successor = new AtomicReference<>();

  private volatile boolean lost;
  private volatile boolean back;

  /** Whether its world takes it for lost; belongs to that one's loop. */
  private boolean toldLost;

  SessionLink(HostSession session, Realm realm, PacketSession packets, PacketInbox inbox) {
    this.session = session;
    this.sessions = realm.sessions();
    this.tokens = sessions.tokens();
    this.packets = packets;
    this.inbox = inbox;
    this.resumption = packets.resumption();
  }

  PacketSession packets() {
    return packets;
  }

  // ---- for its world ---------------------------------------------------------------------------

  /** Another token, in place of the one before; null if its peer cannot come back. */
  byte[] renew() {
    if (resumption == null) {
      return null;
    }
    byte[] next = tokens.give(session);
    forget(token.getAndSet(next));
    resumption.keep(this);
    endIfGone();
    return next.clone();
  }

  /** What ends the session in its event loop may not have found the token. */
  private void endIfGone() {
    if (session.isGone()) {
      end();
    }
  }

  private void forget(byte[] worthless) {
    if (worthless != null) {
      tokens.forget(worthless);
    }
  }

  long taken() {
    return resumption == null ? 0 : resumption.taken();
  }

  boolean acknowledge(long position) {
    return resumption == null || resumption.acknowledge(position);
  }

  boolean isLost() {
    return lost;
  }

  /** Whether its world has something to be told, or it has a new connection to be passed to. */
  boolean hasNews() {
    return back || lost != toldLost || successor.get() != null;
  }

  /** Whether its world is to be told that it is lost; true once. */
  boolean becomesLost() {
    if (!lost || toldLost) {
      return false;
    }
    toldLost = true;
    return true;
  }

  /** Whether its world is to be told that its peer is back; true once. */
  boolean becomesBack() {
    if (!back) {
      return false;
    }
    back = false;
    toldLost = false;
    return true;
  }

  // ---- its peer comes back ---------------------------------------------------------------------

  /** Claims it for another connection, if the token and the position are good. */
  boolean claim(byte[] given, long position, PacketFormat format) {
    byte[] now = token.get();
    if (now == null
        || !MessageDigest.isEqual(now, given)
        || !packets.settings().format().equals(format)
        || !token.compareAndSet(now, null)) {
      return false;
    }
    if (resumption.claim(position)) {
      tokens.forget(now);
      return true;
    }
    token.compareAndSet(null, now);
    endIfGone();
    return false;
  }

  /** It is claimed for another connection, which is to be its own. */
  void comes(PacketSession next) {
    Resumption.hold(next);
    successor.set(next);
    if (session.isOver()) { // it has ended meanwhile
      reconnect();
    } else {
      session.wake();
    }
  }

  /**
   * Goes on with the new connection, if there is one. What was sent before is on its way to the one
   * before.
   */
  void reconnect() {
    PacketSession next = successor.getAndSet(null);
    if (next != null) {
      PacketSession before = packets;
      packets = next;
      resumption.pass(before, next, () -> reconnected(next));
    }
  }

  /** It has another connection in place of the one before; event loop of that. */
  private void reconnected(PacketSession next) {
    inbox.takenUp(next);
    lost = false;
    back = true;
    connected(next);
    session.wake();
  }

  // ---- the event loop of its connection --------------------------------------------------------

  /** It has a connection, which is not closed before this one hears of it. */
  void connected(PacketSession connection) {
    sessions.connected(connection.connection().id(), session);
    connection.connection().channel().closeFuture().addListener(end -> closed(connection));
    connection.attach(session);
  }

  private void closed(PacketSession connection) {
    sessions.closed(connection.connection().id());
    Resumption other = connection.resumption();
    boolean stays = connection.isOpen() && other != null && other.outlives();
    if (connection == packets && !stays) {
      session.gone(PacketEnd.LEFT);
    }
  }

  @Override
  public boolean isAwaited() {
    return token.get() != null;
  }

  @Override
  public void lost() {
    lost = true;
    session.wake();
  }

  @Override
  public void over(PacketEnd why) {
    session.gone(why);
  }

  /** It is over, and nobody can come back to it. */
  void end() {
    forget(token.getAndSet(null));
  }
}

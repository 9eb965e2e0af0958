package slipway.server.world;

import java.lang.invoke.VarHandle;
import slipway.packet.Packet;
import slipway.packet.PacketEnd;
import slipway.packet.PacketInbox;
import slipway.packet.PacketReader;
import slipway.packet.PacketSession;
import slipway.server.world.record.Deeds;
import slipway.service.Connection;
import slipway.world.SessionMode;
import slipway.world.WorldSession;

/**
 * A peer of a service that has worlds.
 *
 * <pre>
 *  event loop ──▸ inbox ──▸ the loop of its world
 *       └ wakes its membership, which is on the world's list until the loop has seen to it
 * </pre>
 *
 * <p>Except where it is said otherwise, it belongs to the loop of the world that it is in, or is on
 * its way to.
 */
final class HostSession implements WorldSession {

  private final long id;
  private final PacketInbox inbox;
  private final Realm realm;
  private final SessionLink link;

  /** Where it is; null before it has joined its first world. Read by its event loop. */
  private volatile Membership membership;

  /** Why it is over; null as long as it is open. Written by its event loop. */
  private volatile PacketEnd gone;

  private volatile SessionMode mode = SessionMode.NONE;

  /** When it has sent something last; written by its event loop. */
  private volatile long heard;

  private Object attachment;

  private final Exit exit = new Exit();
  private final Outlet outlet = new Outlet(this);

  HostSession(PacketSession packets, Realm realm, long now) {
    this.id = packets.id();
    this.realm = realm;
    this.inbox = new PacketInbox(packets);
    this.link = new SessionLink(this, realm, packets, inbox);
    this.heard = now;
  }

  // ---- its event loop --------------------------------------------------------------------------

  /** A packet has come. */
  void put(PacketReader packet) {
    inbox.put(packet);
  }

  /** All packets that have come together are in its inbox. */
  void batchDone(long now) {
    heard = now;
    wake();
  }

  /** Another version has it. */
  void takenUp() {
    inbox.takenUp();
  }

  /** It is over; what is told first counts. */
  void gone(PacketEnd why) {
    if (gone == null) {
      gone = why;
      link.end();
      wake();
    }
  }

  /** Has the loop of its world look at it. */
  void wake() {
    VarHandle.fullFence(); // what there is to see comes before the question who is to see it
    Membership now = membership;
    while (now != null) {
      now.wake();
      Membership then = membership;
      now = then == now ? null : then; // it may have joined another one, which has not seen it
    }
  }

  // ---- the loop of its world -------------------------------------------------------------------

  /** It is in a world, which is going to be told. */
  void joins(Membership there) {
    membership = there;
    VarHandle.fullFence(); // see wake
    if (isGone() || link.hasNews() || !inbox.isEmpty()) {
      there.wake();
    }
  }

  /** It has left its world. */
  void parted() {
    attachment = null;
    exit.stay();
  }

  PacketSession packets() {
    return link.packets();
  }

  SessionLink link() {
    return link;
  }

  /** The next packet that waits; null if there is none. */
  PacketReader take() {
    return inbox.take();
  }

  boolean hasPackets() {
    return !inbox.isEmpty();
  }

  long heard() {
    return heard;
  }

  /** Whether it has left its last world. */
  boolean isOver() {
    return mode == SessionMode.WAIT_LOGOUT || mode == SessionMode.NONE;
  }

  /** Whether its world is to hear no more of its packets. */
  boolean isGone() {
    return exit.closing() != null || gone != null;
  }

  /** Why it is over; null if its peer is not known to be gone. */
  PacketEnd why() {
    return gone;
  }

  /** How it leaves its world. */
  Exit exit() {
    return exit;
  }

  /**
   * Comes to another mode.
   *
   * @throws IllegalStateException if there is no such way: a defect of the host
   */
  void become(SessionMode next) {
    if (!mode.mayBecome(next)) {
      throw new IllegalStateException(this + " is " + mode + " and cannot become " + next);
    }
    mode = next;
  }

  /** It is over between two worlds, neither of which is told. */
  void endsOnItsWay() {
    become(mode == SessionMode.AUTH ? SessionMode.LOGOUT_IN_AUTH : SessionMode.LOGOUT_IN_GAME);
    become(SessionMode.WAIT_LOGOUT);
    become(SessionMode.NONE);
  }

  /** What is attached to it, which another version takes away for the time of its attempt. */
  Object attached() {
    return attachment;
  }

  // ---- for the service -------------------------------------------------------------------------

  @Override
  public long id() {
    return id;
  }

  @Override
  public Connection connection() {
    return packets().connection();
  }

  @Override
  public SessionMode mode() {
    return mode;
  }

  @Override
  public boolean isOpen() {
    return exit.closing() == null && exit.resumed() == null && packets().isOpen();
  }

  @Override
  public <T> T attachment(Class<T> type) {
    return type.cast(attachment);
  }

  @Override
  public void attach(Object own) {
    attachment = own;
  }

  @Override
  public boolean send(Packet packet) {
    return outlet.send(Deeds.Kind.SEND, packet, 0);
  }

  @Override
  public boolean sendLatest(Packet packet, long key) {
    return outlet.send(Deeds.Kind.SEND_LATEST, packet, key);
  }

  @Override
  public boolean sendIfRoom(Packet packet) {
    return outlet.send(Deeds.Kind.SEND_IF_ROOM, packet, 0);
  }

  private Calls calls() {
    return membership.world().calls();
  }

  /** The world that it is in; null before it has joined its first one. */
  HostWorld world() {
    return membership == null ? null : membership.world();
  }

  @Override
  public boolean moveTo(String world, byte... given) {
    calls().did(id(), Deeds.Kind.MOVE, world, given);
    return calls().answered(moves(world, given));
  }

  private boolean moves(String world, byte... given) {
    if (!isOpen() || exit.target() != null) {
      return false;
    }
    HostWorld there = realm.worlds().game(world);
    if (!there.reserve()) {
      return false;
    }
    exit.moveTo(there, given.clone());
    membership.leaves();
    return true;
  }

  @Override
  public byte[] token() {
    return calls().token(isOpen() ? link.renew() : null);
  }

  @Override
  public boolean isLost() {
    return calls().answered(link.isLost());
  }

  @Override
  public long taken() {
    return calls().position(link.taken());
  }

  @Override
  public boolean acknowledge(long position) {
    return calls().answered(link.acknowledge(position));
  }

  @Override
  public boolean resume(byte[] token, long position) {
    calls().did(id(), Deeds.Kind.RESUME, Long.toString(position), token);
    return calls().answered(resumes(token, position));
  }

  private boolean resumes(byte[] token, long position) {
    HostSession other =
        isOpen() && exit.target() == null
            ? realm.sessions().tokens().claim(token, position, this)
            : null;
    if (other != null) {
      exit.passTo(other);
      link.end();
      membership.leaves();
    }
    return other != null;
  }

  @Override
  public boolean close() {
    return close(PacketEnd.CLOSED);
  }

  @Override
  public boolean close(PacketEnd why) {
    if (!isOpen()) {
      return false;
    }
    calls().did(id(), Deeds.Kind.CLOSE, why.name());
    exit.close(why);
    link.end();
    membership.leaves();
    return true;
  }

  @Override
  public String toString() {
    return "session " + id;
  }
}

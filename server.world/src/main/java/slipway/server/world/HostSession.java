package slipway.server.world;

import java.lang.invoke.VarHandle;
import slipway.packet.Packet;
import slipway.packet.PacketBatch;
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

  private final PacketSession packets;
  private final PacketInbox inbox;
  private final Realm realm;

  /** Where it is; null before it has joined its first world. Read by its event loop. */
  private volatile Membership membership;

  /** Why it is over; null as long as it is open. Written by its event loop. */
  private volatile PacketEnd gone;

  private volatile SessionMode mode = SessionMode.NONE;

  /** When it has sent something last; written by its event loop. */
  private volatile long heard;

  /** Why its world has closed it; null if it has not. */
  private PacketEnd closing;

  private Object attachment;

  /** Where it moves at the end of the frame, which has a place for it; null for nowhere. */
  private HostWorld target;

  private byte[] ticket;

  HostSession(PacketSession packets, Realm realm, long now) {
    this.packets = packets;
    this.realm = realm;
    this.inbox = new PacketInbox(packets);
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
      wake();
    }
  }

  /** Has the loop of its world look at it. */
  private void wake() {
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
    if (isGone() || !inbox.isEmpty()) {
      there.wake();
    }
  }

  /** It has left its world. */
  void parted() {
    attachment = null;
    target = null;
    ticket = null;
  }

  PacketSession packets() {
    return packets;
  }

  /** The next packet that waits; null if there is none. */
  PacketReader take() {
    return inbox.take();
  }

  boolean hasPackets() {
    return !inbox.isEmpty();
  }

  int waiting() {
    return packets.inboxed();
  }

  long heard() {
    return heard;
  }

  /** Whether its world is to hear no more of its packets. */
  boolean isGone() {
    return closing != null || gone != null;
  }

  /** Why it is over; null if its peer is not known to be gone. */
  PacketEnd why() {
    return gone;
  }

  /** Why its world closes it; null if it does not. */
  PacketEnd closing() {
    return closing;
  }

  HostWorld target() {
    return target;
  }

  byte[] ticket() {
    return ticket;
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
    return packets.id();
  }

  @Override
  public Connection connection() {
    return packets.connection();
  }

  @Override
  public SessionMode mode() {
    return mode;
  }

  @Override
  public boolean isOpen() {
    return closing == null && packets.isOpen();
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
    calls().sent(this, Deeds.Kind.SEND, packet, 0);
    return calls().answered(takes(packet) && batch().send(packets, packet));
  }

  @Override
  public boolean sendLatest(Packet packet, long key) {
    calls().sent(this, Deeds.Kind.SEND_LATEST, packet, key);
    return calls().answered(takes(packet) && batch().sendLatest(packets, packet, key));
  }

  @Override
  public boolean sendIfRoom(Packet packet) {
    calls().sent(this, Deeds.Kind.SEND_IF_ROOM, packet, 0);
    return calls().answered(takes(packet) && batch().sendIfRoom(packets, packet));
  }

  /** Whether it can be sent a packet. One that is too long for it ends it, and not its world. */
  private boolean takes(Packet packet) {
    if (!isOpen()) {
      return false;
    }
    int most = packets.settings().format().max();
    if (packet.size() > most) {
      calls().tooLong(this, packet.size(), most);
      return false;
    }
    return true;
  }

  private Calls calls() {
    return membership.world().calls();
  }

  private PacketBatch batch() {
    return membership.world().batch();
  }

  @Override
  public boolean moveTo(String world, byte... given) {
    calls().did(id(), Deeds.Kind.MOVE, world, given);
    return calls().answered(moves(world, given));
  }

  private boolean moves(String world, byte... given) {
    if (!isOpen() || target != null) {
      return false;
    }
    HostWorld there = realm.gameWorld(world);
    if (!there.reserve()) {
      return false;
    }
    target = there;
    ticket = given.clone();
    membership.leaves();
    return true;
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
    closing = why;
    membership.leaves();
    return true;
  }

  @Override
  public String toString() {
    return packets.toString();
  }
}

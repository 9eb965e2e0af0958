package slipway.server.world;

import java.util.ArrayList;
import java.util.List;
import slipway.packet.PacketBatch;
import slipway.packet.PacketEnd;
import slipway.world.Leaving;
import slipway.world.SessionMode;
import slipway.world.WorldKind;

/**
 * Sessions that leave a world at the end of a frame: those that are over, and those that move to
 * another world. What they were sent is on its way before their connections are closed, or before
 * the other world can send them anything. And those that stay, with another connection.
 *
 * <p>Confined to the world's loop.
 */
final class Departures {

  private final HostWorld world;
  private final Members members;
  private final PacketBatch batch;
  private final Calls calls;
  private final List<Membership> leavers = new ArrayList<>();
  private final List<Membership> done = new ArrayList<>();

  /** How many have left, and are still sent something. */
  private int parting;

  /** Of those that may have new connections. */
  private final List<SessionLink> back = new ArrayList<>();

  Departures(HostWorld world, Members members, PacketBatch batch, Calls calls) {
    this.world = world;
    this.members = members;
    this.batch = batch;
    this.calls = calls;
  }

  /** How many have left, and are still sent something. */
  int parting() {
    return parting;
  }

  /** The connection of one of them is closed; perhaps one that has left before the world failed. */
  void released() {
    parting = Math.max(0, parting - 1);
  }

  /** The world fails or closes, and is told no more of those that have left. */
  void forget() {
    parting = 0;
  }

  /** One leaves when the frame is over. */
  void add(Membership member) {
    leavers.add(member);
  }

  /**
   * Something becomes of the connection of one: its world is told. A new connection is its own when
   * the frame is over.
   */
  void look(Membership member) {
    HostSession session = member.session();
    if (session.link().becomesLost()) {
      calls.lost(session);
    }
    if (session.link().becomesBack()) {
      calls.resumed(session);
    }
    back.add(session.link());
  }

  /** The frame is over. What was sent in it goes out. */
  void run() {
    for (int each = 0; each < leavers.size(); each++) { // a call may add one
      depart(leavers.get(each));
    }
    leavers.clear();
    batch.flush();
    back.forEach(SessionLink::reconnect);
    back.clear();
    done.forEach(this::goOn);
    done.clear();
  }

  private void depart(Membership member) {
    HostSession session = member.session();
    boolean gone = session.exit().resumed() == null && session.isGone();
    session.become(gone ? logout() : SessionMode.AUTH_TO_GAME);
    if (member.known) {
      calls.leave(session, gone ? Leaving.GONE : Leaving.MOVED);
    }
    members.remove(member);
    world.places().free();
    if (session.why() == PacketEnd.SLOW) {
      world.counts().slow();
    } else if (session.exit().closing() == PacketEnd.FAILED) {
      world.counts().failed();
    }
    if (session.exit().closing() != null) {
      batch.end(session.packets(), session.exit().closing());
    }
    done.add(member);
  }

  private SessionMode logout() {
    return world.kind() == WorldKind.AUTH ? SessionMode.LOGOUT_IN_AUTH : SessionMode.LOGOUT_IN_GAME;
  }

  /** What it was sent is on its way. */
  private void goOn(Membership member) {
    HostSession session = member.session();
    HostWorld target = session.exit().target();
    byte[] ticket = session.exit().ticket();
    session.parted();
    if (session.exit().resumed() != null) {
      session.endsOnItsWay();
      session.exit().resumed().link().comes(session.packets());
    } else if (session.mode() == SessionMode.AUTH_TO_GAME) {
      arriveAt(target, session, ticket);
    } else {
      session.become(SessionMode.WAIT_LOGOUT);
      parting++;
      session.link().reconnect(); // the new connection has to end, too
      if (target != null) {
        target.places().free();
      }
      boolean told = member.known;
      HostWorld left = member.world();
      session
          .connection()
          .channel()
          .closeFuture()
          .addListener(closed -> left.post(new Mail.Released(session, told)));
    }
  }

  private static void arriveAt(HostWorld target, HostSession session, byte[] ticket) {
    if (!target.post(new Mail.Arrival(session, ticket))) {
      turnAway(target, session);
    }
  }

  /** A session comes to a world that runs no more. */
  static void turnAway(HostWorld target, HostSession session) {
    target.places().free();
    session.endsOnItsWay();
    session.link().reconnect();
    session.packets().close(PacketEnd.FAILED);
  }
}

package slipway.server.world;

import java.util.ArrayDeque;
import java.util.Deque;
import slipway.packet.PacketReader;

/**
 * The turns in which the packets of a world's sessions are dealt with: each session that has some
 * gets as many as the others in a frame, and those with more are in the next frame behind those
 * that were not yet served. A frame costs what there is to do, however many sessions there are.
 *
 * <p>Confined to the world's loop, except that any thread may report a member that is ready.
 */
final class Turns {

  private final ReadyList ready = new ReadyList();
  private final Deque<Membership> waiting = new ArrayDeque<>();
  private long packets;
  private long bytes;

  /** Deals with a packet. */
  interface Handler {
    void packet(HostSession session, PacketReader packet);
  }

  /** Deals with what becomes of a member's connection. */
  interface News {
    void look(Membership member);
  }

  /** There is something to do for a member; may be called from any thread. */
  void ready(Membership member) {
    ready.add(member);
  }

  /** How many packets were dealt with ever. */
  long packets() {
    return packets;
  }

  /** How many bytes their payloads had. */
  long bytes() {
    return bytes;
  }

  /**
   * Gives each that waits its turn.
   *
   * @param most packets of a session
   */
  void run(int most, News news, Handler handler) {
    Membership each = ready.takeAll();
    while (each != null) {
      Membership behind = each.next;
      each.next = null;
      waiting.addLast(each);
      each = behind;
    }
    for (int turns = waiting.size(); turns > 0; turns--) {
      Membership member = waiting.pollFirst();
      if (member.session().link().hasNews() && isServed(member)) {
        news.look(member);
      }
      turn(member, most, handler);
    }
  }

  private void turn(Membership member, int most, Handler handler) {
    HostSession session = member.session();
    int served = 0;
    while (served < most && isServed(member)) {
      PacketReader packet = session.take();
      if (packet == null) {
        break;
      }
      served++;
      packets++;
      bytes += packet.remaining();
      handler.packet(session, packet);
    }
    if (isServed(member)) {
      goOn(member);
    } else if (!member.over) {
      member.leaves();
    }
  }

  private static boolean isServed(Membership member) {
    return !member.over && !member.isLeaving() && !member.session().isGone();
  }

  private void goOn(Membership member) {
    if (member.session().hasPackets()) {
      waiting.addLast(member);
      return;
    }
    member.unlisted();
    HostSession session = member.session();
    boolean more = session.hasPackets() || session.isGone() || session.link().hasNews();
    if (more && member.relist()) { // something has come meanwhile
      waiting.addLast(member);
    }
  }
}

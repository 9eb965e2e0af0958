package slipway.server.world;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What arrives at a world, which reads it when its next frame begins. Any thread posts; the rest
 * belongs to the world's loop.
 */
final class Mailbox {

  private final HostWorld world;
  private final Queue<Mail> mail = new ConcurrentLinkedQueue<>();

  Mailbox(HostWorld world) {
    this.world = world;
  }

  /** Something arrives; false if the world runs no more, and takes nothing. */
  boolean post(Mail arrived) {
    if (world.status().isOver()) {
      return false;
    }
    mail.add(arrived);
    if (world.status().isOver()) {
      world.seat().execute(this::giveBack); // nobody reads it any more
    }
    return true;
  }

  boolean isEmpty() {
    return mail.isEmpty();
  }

  /**
   * Has the world told all of it.
   *
   * @param now the time
   * @throws Exception as the world does
   */
  void read(long now) throws Exception {
    for (Mail each = mail.poll(); each != null; each = mail.poll()) {
      switch (each) {
        case Mail.Arrival(HostSession session, byte[] ticket) -> world.arrive(session, ticket, now);
        case Mail.Message told -> world.calls().tell(told);
        case Mail.Answer told -> world.calls().tell(told);
        case Mail.NoAnswer told -> world.calls().tell(told);
        case Mail.Released(HostSession session, boolean told) -> {
          world.released(session);
          if (told) {
            world.calls().released(session);
          }
        }
      }
    }
  }

  /** The world runs no more: sessions that were on their way to it have no place. */
  void giveBack() {
    for (Mail each = mail.poll(); each != null; each = mail.poll()) {
      if (each instanceof Mail.Arrival(HostSession session, byte[] ticket)) {
        Departures.turnAway(world, session);
      } else if (each instanceof Mail.Released(HostSession session, boolean told)) {
        world.released(session);
      }
    }
  }
}

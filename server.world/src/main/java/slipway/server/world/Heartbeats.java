package slipway.server.world;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Finds the sessions of a world that have sent nothing for too long. Each is looked at four times
 * within the timeout, one after the other, so that a frame looks at few of them. Confined to the
 * world's loop.
 */
final class Heartbeats {

  private static final int LOOKS = 4;

  /** Those that are looked at first come first, as all wait equally long. */
  private final Deque<Membership> queue = new ArrayDeque<>();

  /** Zero if a session may send nothing for as long as it likes. */
  private long timeout;

  /** Changes the timeout, in nanoseconds. */
  void change(long nanos, Members members, long now) {
    if (nanos != timeout) {
      timeout = nanos;
      queue.clear();
      members.forEach(member -> add(member, now));
    }
  }

  /** One has joined, or is looked at again. */
  void add(Membership member, long now) {
    if (timeout > 0) {
      member.checkAt = now + timeout / LOOKS;
      queue.addLast(member);
    }
  }

  /**
   * Looks at those whose time has come.
   *
   * @param silent told of each that has sent nothing for the timeout, and since the last call for
   *     it
   */
  void look(long now, Consumer<HostSession> silent) {
    for (Membership first = queue.peekFirst();
        first != null && first.checkAt - now <= 0;
        first = queue.peekFirst()) {
      queue.pollFirst();
      if (!first.over && !first.isLeaving()) {
        if (first.session().link().isLost()) {
          first.silentSince = now; // it cannot send anything
        } else if (now - Math.max(first.session().heard(), first.silentSince) >= timeout) {
          first.silentSince = now;
          silent.accept(first.session());
        }
        add(first, now);
      }
    }
  }
}

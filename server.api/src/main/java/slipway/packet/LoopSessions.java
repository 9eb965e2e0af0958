package slipway.packet;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The sessions of one event loop, to which this is confined. */
final class LoopSessions {

  private final List<PacketSession> sessions = new ArrayList<>();

  /** Those that ended while all were visited: they keep their places until that is over. */
  private final List<PacketSession> leaving = new ArrayList<>(0);

  private final FlushTurn turn;

  /** How many visits are under way, as one may begin within another. */
  private int visits;

  LoopSessions(EventLoop loop) {
    turn = new FlushTurn(loop);
  }

  /** When they are flushed. */
  FlushTurn turn() {
    return turn;
  }

  void add(PacketSession session) {
    session.place = sessions.size();
    sessions.add(session);
  }

  void remove(PacketSession session) {
    if (visits > 0) {
      leaving.add(session);
    } else {
      takeOut(session);
    }
  }

  /** The last one takes its place. */
  private void takeOut(PacketSession session) {
    PacketSession last = sessions.removeLast();
    if (last != session) {
      sessions.set(session.place, last);
      last.place = session.place;
    }
  }

  /** Each that is there now, once; some of them may be over. */
  void forEach(Consumer<PacketSession> action) {
    visits++;
    try {
      for (int at = sessions.size() - 1; at >= 0; at--) {
        action.accept(sessions.get(at));
      }
    } finally {
      visits--;
      if (visits == 0) {
        leaving.forEach(this::takeOut);
        leaving.clear();
      }
    }
  }
}

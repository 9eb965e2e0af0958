package slipway.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The sessions of one event loop, to which this is confined. */
final class LoopSessions {

  private final List<PacketSession> sessions = new ArrayList<>();

  void add(PacketSession session) {
    session.place = sessions.size();
    sessions.add(session);
  }

  /** The last one takes its place. */
  void remove(PacketSession session) {
    PacketSession last = sessions.removeLast();
    if (last != session) {
      sessions.set(session.place, last);
      last.place = session.place;
    }
  }

  /** Backwards, as one that is removed meanwhile is replaced by one that has had its turn. */
  void forEach(Consumer<PacketSession> action) {
    for (int at = sessions.size() - 1; at >= 0; at--) {
      if (at < sessions.size()) {
        action.accept(sessions.get(at));
      }
    }
  }
}

package slipway.services.world;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * With which session each account is in, so that one has one player. The newest session has it: the
 * one before is to be closed, and the new one waits until that has left and it is known where the
 * player was.
 */
final class Roster {

  /** Sessions by their accounts, those in the zones too. */
  private final Map<Long, Long> holders = new LinkedHashMap<>();

  /** Those that are on their way in. */
  private final Map<Long, Visitor> visitors = new LinkedHashMap<>();

  /** Those of them that wait, in the order of the frames until which they do; others between. */
  private final Queue<Visitor> waiting = new ArrayDeque<>();

  /** A session has named an account, whose password is being compared. */
  void add(long session) {
    visitors.put(session, new Visitor(session));
  }

  /** Null if the session is not on its way in. */
  Visitor find(long session) {
    return visitors.get(session);
  }

  /**
   * The password is right.
   *
   * @param until the frame in which it has waited long enough, if it has to wait
   * @return the session that had the account until now, to be closed; {@link Visitor#NOBODY} if
   *     none had it
   */
  long enter(Visitor visitor, long account, String name, long until) {
    visitor.enters(account, name);
    Long before = holders.put(account, visitor.session());
    if (before == null) {
      return Visitor.NOBODY;
    }
    Visitor alsoHere = visitors.remove(before);
    long awaited = alsoHere == null ? before : alsoHere.awaited();
    if (awaited != Visitor.NOBODY) {
      visitor.waitFor(awaited, until);
      waiting.add(visitor);
    }
    return before;
  }

  /**
   * A player has left the zones.
   *
   * @return the one that has waited for this, and goes on; null if none has
   */
  Visitor left(Departure departure) {
    if (holders.remove(departure.account(), departure.session())) {
      return null;
    }
    Long holder = holders.get(departure.account());
    Visitor visitor = holder == null ? null : visitors.get(holder);
    if (visitor == null || visitor.awaited() != departure.session()) {
      return null;
    }
    visitor.goOn();
    return visitor;
  }

  /**
   * The next one that has waited long enough, and goes on; null if there is none. What was awaited
   * may be a session whose zone has failed, which tells nothing of its players.
   */
  Visitor overdue(long frame) {
    while (!waiting.isEmpty() && waiting.peek().until() <= frame) {
      Visitor next = waiting.poll();
      if (next.waits() && visitors.get(next.session()) == next) {
        next.goOn();
        return next;
      }
    }
    return null;
  }

  /** With which session each account is in. */
  void forEach(BiConsumer<Long, Long> action) {
    holders.forEach(action);
  }

  /** A session has gone on into a zone. */
  void moved(long session) {
    visitors.remove(session);
  }

  /** A session is over that was not in a zone. */
  void gone(long session) {
    Visitor visitor = visitors.remove(session);
    if (visitor == null || !holders.remove(visitor.account(), session)) {
      return;
    }
    if (visitor.waits()) {
      holders.put(visitor.account(), visitor.awaited());
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(holders.size());
    for (Map.Entry<Long, Long> holder : holders.entrySet()) {
      out.writeLong(holder.getKey());
      out.writeLong(holder.getValue());
    }
    out.writeInt(visitors.size());
    for (Visitor visitor : visitors.values()) {
      visitor.save(out);
    }
  }

  static Roster load(DataInput saved) throws IOException {
    Roster roster = new Roster();
    for (int left = saved.readInt(); left > 0; left--) {
      roster.holders.put(saved.readLong(), saved.readLong());
    }
    for (int left = saved.readInt(); left > 0; left--) {
      Visitor visitor = Visitor.load(saved);
      roster.visitors.put(visitor.session(), visitor);
    }
    roster.visitors.values().stream()
        .filter(Visitor::waits)
        .sorted(Comparator.comparingLong(Visitor::until))
        .forEach(roster.waiting::add);
    return roster;
  }
}

package slipway.server.world;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import slipway.world.WorldSession;

/** The sessions in a world. Confined to its loop. */
final class Members {

  private final List<Membership> all = new ArrayList<>();
  private final Map<Long, Membership> byId = new HashMap<>();
  private final Collection<WorldSession> sessions = new Sessions();

  private final class Sessions extends AbstractCollection<WorldSession> {
    @Override
    public Iterator<WorldSession> iterator() {
      Iterator<Membership> members = all.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return members.hasNext();
        }

        @Override
        public WorldSession next() {
          return members.next().session();
        }
      };
    }

    @Override
    public int size() {
      return all.size();
    }
  }

  void add(Membership member) {
    member.place = all.size();
    all.add(member);
    byId.put(member.session().id(), member);
  }

  /** The last one takes its place. */
  void remove(Membership member) {
    member.over = true;
    byId.remove(member.session().id());
    Membership last = all.removeLast();
    if (last != member) {
      all.set(member.place, last);
      last.place = member.place;
    }
  }

  /** Null if there is none with this number. */
  HostSession find(long id) {
    Membership member = byId.get(id);
    return member == null ? null : member.session();
  }

  int size() {
    return all.size();
  }

  void forEach(Consumer<Membership> action) {
    all.forEach(action);
  }

  /** A copy. */
  List<Membership> list() {
    return List.copyOf(all);
  }

  /** A view. */
  Collection<WorldSession> sessions() {
    return sessions;
  }
}

package slipway.packet;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What waits for a peer, in its order, and how much that is. Of packets with the same key the last
 * one has the place of the first. Belongs to an {@link Outbox}, and is confined to its event loop.
 */
final class WaitingQueue {

  private final ArrayDeque<Waiting> queue = new ArrayDeque<>(0);
  private final Map<Long, Waiting> latest = new HashMap<>();
  private int size;
  private int optional;

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** In bytes; another thread may ask. */
  int size() {
    return size;
  }

  /** Whether some of it may be left out. */
  boolean hasOptional() {
    return optional > 0;
  }

  void add(Waiting waiting) {
    queue.add(waiting);
    size += waiting.size();
    switch (waiting.kind()) {
      case MUST -> {}
      case LATEST -> latest.put(waiting.key(), waiting);
      case MAY -> optional++;
    }
  }

  /** The one of a key; null if none waits. */
  Waiting latest(long key) {
    return latest.get(key);
  }

  /** Something newer takes the place of one. */
  void replace(Waiting older, Waiting newer) {
    size += newer.size() - older.size();
    older.replace(newer.bytes());
  }

  /** The next one, which is the caller's; null if there is none. */
  Waiting poll() {
    Waiting next = queue.poll();
    if (next != null) {
      forget(next);
    }
    return next;
  }

  private void forget(Waiting gone) {
    size -= gone.size();
    switch (gone.kind()) {
      case MUST -> {}
      case LATEST -> latest.remove(gone.key(), gone);
      case MAY -> optional--;
    }
  }

  /**
   * Leaves out packets that may be, the oldest first, until no more than that waits.
   *
   * @return how many
   */
  int leaveOut(int limit) {
    int count = 0;
    for (Iterator<Waiting> each = queue.iterator();
        size > limit && optional > 0 && each.hasNext(); ) {
      Waiting waiting = each.next();
      if (waiting.kind() == Waiting.Kind.MAY) {
        each.remove();
        forget(waiting);
        waiting.bytes().release();
        count++;
      }
    }
    return count;
  }

  /** Takes all. */
  List<Waiting> takeAll() {
    List<Waiting> all = List.copyOf(queue);
    queue.clear();
    latest.clear();
    size = 0;
    optional = 0;
    return all;
  }

  /** Drops all. */
  void clear() {
    takeAll().forEach(waiting -> waiting.bytes().release());
  }
}

package slipway.services.chat.store;

import io.netty.buffer.ByteBufUtil;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * What waits to be stored, in the order in which it came, and in groups that a database takes at
 * once. Confined to the journal's thread.
 *
 * @param <P> what waits
 */
final class Batches<P> {

  private static final int LARGEST_GROUP = 500;

  /** Far below what servers take in one packet, unless it was configured small. */
  private static final int LARGEST_BYTES = 256 * 1024;

  /** Numbers, times and lengths of a message, on the way to the database. */
  private static final int FIXED_BYTES = 64;

  private final Function<P, Draft> draft;
  private final Deque<P> waiting = new ArrayDeque<>();
  private final Deque<List<P>> again = new ArrayDeque<>();

  Batches(Function<P, Draft> draft) {
    this.draft = draft;
  }

  void add(P post) {
    waiting.add(post);
  }

  boolean isEmpty() {
    return waiting.isEmpty() && again.isEmpty();
  }

  /** The next ones to store; empty if there is nothing. */
  List<P> next() {
    if (!again.isEmpty()) {
      return again.poll();
    }
    List<P> group = new ArrayList<>();
    int bytes = 0;
    while (!waiting.isEmpty() && group.size() < LARGEST_GROUP) {
      bytes += bytes(draft.apply(waiting.peek()));
      if (bytes > LARGEST_BYTES && !group.isEmpty()) {
        break;
      }
      group.add(waiting.poll());
    }
    return group;
  }

  private static int bytes(Draft draft) {
    return FIXED_BYTES
        + ByteBufUtil.utf8Bytes(draft.content())
        + ByteBufUtil.utf8Bytes(draft.name())
        + ByteBufUtil.utf8Bytes(draft.room().key());
  }

  /**
   * The database has refused a group: its halves come next, so that a message that it does not take
   * is refused alone.
   *
   * @param group of two at least
   */
  void halve(List<P> group) {
    int half = group.size() / 2;
    again.addFirst(group.subList(half, group.size()));
    again.addFirst(group.subList(0, half));
  }
}

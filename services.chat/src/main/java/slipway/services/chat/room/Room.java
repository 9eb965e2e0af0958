package slipway.services.chat.room;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.user.User;

/**
 * A room that somebody is in. Each event loop keeps its own members, so that lines go to all of
 * them in one task and without a lock.
 */
final class Room {

  private final RoomName name;
  private final LongSupplier limit;
  private final Map<EventExecutor, List<Member>> members = new ConcurrentHashMap<>();
  private final Map<User, AtomicInteger> users = new ConcurrentHashMap<>();

  /**
   * Makes it, empty.
   *
   * @param limit bytes that may wait for a member
   */
  Room(RoomName name, LongSupplier limit) {
    this.name = name;
    this.limit = limit;
  }

  RoomName name() {
    return name;
  }

  /** Who is in it, in no order. */
  List<User> users() {
    return List.copyOf(users.keySet());
  }

  boolean has(long account) {
    return users.keySet().stream().anyMatch(user -> user.id() == account);
  }

  boolean isEmpty() {
    return users.isEmpty();
  }

  /**
   * Counts a user's device in.
   *
   * @return whether it is the user's first one
   */
  boolean countIn(User user) {
    boolean[] first = {false};
    users.compute(
        user,
        (key, count) -> {
          first[0] = count == null;
          AtomicInteger devices = count == null ? new AtomicInteger() : count;
          devices.incrementAndGet();
          return devices;
        });
    return first[0];
  }

  /**
   * Counts a user's device out.
   *
   * @return whether it was the user's last one
   */
  boolean countOut(User user) {
    boolean[] last = {false};
    users.computeIfPresent(
        user,
        (key, devices) -> {
          last[0] = devices.decrementAndGet() == 0;
          return last[0] ? null : devices;
        });
    return last[0];
  }

  /** Makes a member reachable. In its event loop. */
  void add(EventExecutor loop, Member member) {
    members.computeIfAbsent(loop, key -> new ArrayList<>()).add(member);
  }

  /** In the member's event loop. */
  void remove(EventExecutor loop, Member member) {
    List<Member> mine = members.get(loop);
    if (mine != null) {
      mine.remove(member);
    }
    member.leave();
  }

  /**
   * Gives all members lines, and releases them. From any thread; one caller's lines stay in order.
   */
  void deliver(Batch batch) {
    members.forEach(
        (loop, mine) -> {
          batch.retain();
          try {
            loop.execute(() -> deliver(mine, batch));
          } catch (RuntimeException ended) { // the host ends
            batch.release();
          }
        });
    batch.release();
  }

  /** Numbers have begun anew, for all who are in it. From the thread that delivers messages. */
  void restart(long last) {
    members.forEach(
        (loop, mine) -> {
          try {
            loop.execute(() -> mine.forEach(member -> member.restart(last)));
          } catch (RejectedExecutionException ended) {
            // the host ends
          }
        });
  }

  private void deliver(List<Member> mine, Batch batch) {
    try {
      long most = limit.getAsLong();
      // by number, as one that is too slow leaves
      for (int i = mine.size() - 1; i >= 0; i--) {
        if (i < mine.size()) {
          mine.get(i).deliver(batch, most);
        }
      }
    } finally {
      batch.release();
    }
  }
}

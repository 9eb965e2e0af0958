package slipway.services.chat.room;

import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import slipway.services.chat.store.Message;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.user.User;

/**
 * All rooms that somebody is in, in this version of the chat, and how lines reach those who are in
 * them. Methods may be called from any thread, unless they say otherwise.
 */
public final class Rooms {

  private final LongSupplier slowLimit;
  private final LongSupplier delivered;
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();

  /** The day of the last message that was handed on. Of the journal's thread. */
  private Day day = Day.of(Instant.EPOCH);

  /**
   * What came of a member's coming in.
   *
   * @param upTo the number behind which the member gets all messages by itself
   * @param first whether it is the user's first one in the room
   */
  public record Joined(long upTo, boolean first) {}

  /**
   * Makes it, empty.
   *
   * @param slowLimit bytes that may wait for a member of a room
   * @param delivered the number up to which messages have been handed to {@link #deliver}
   */
  public Rooms(LongSupplier slowLimit, LongSupplier delivered) {
    this.slowLimit = slowLimit;
    this.delivered = delivered;
  }

  // ---- who is in -----------------------------------------------------------------------------

  /**
   * Puts a member into a room. In the member's event loop.
   *
   * @param seen the number of the last message that it has had; 0 if it is new
   */
  public Joined join(RoomName name, User user, Member member, EventExecutor loop, long seen) {
    boolean[] first = {false};
    Room room =
        rooms.compute(
            name.key(),
            (key, there) -> {
              Room joined = there == null ? new Room(name, slowLimit) : there;
              first[0] = joined.countIn(user);
              return joined;
            });
    room.add(loop, member);
    // read only now: what is handed on from here reaches the member
    long upTo = Math.max(seen, delivered.getAsLong());
    member.seen(upTo);
    return new Joined(upTo, first[0]);
  }

  /**
   * Takes a member out of a room. In the member's event loop.
   *
   * @return whether it was the user's last one in the room
   */
  public boolean part(RoomName name, User user, Member member, EventExecutor loop) {
    boolean[] last = {false};
    rooms.computeIfPresent(
        name.key(),
        (key, room) -> {
          room.remove(loop, member);
          last[0] = room.countOut(user);
          return room.isEmpty() ? null : room;
        });
    return last[0];
  }

  /** Whether somebody is in a room. */
  public boolean isThere(RoomName room) {
    return rooms.containsKey(room.key());
  }

  /**
   * Whether a user is in a room.
   *
   * @param key the room's name, in the form by which names are compared
   */
  public boolean isIn(String key, long account) {
    Room room = rooms.get(key);
    return room != null && room.has(account);
  }

  /** The rooms that a user is in. */
  public List<RoomName> of(long account) {
    return rooms.values().stream().filter(room -> room.has(account)).map(Room::name).toList();
  }

  /**
   * Those who are in a room, by the forms by which names are compared: their names, with why they
   * do not answer.
   *
   * @param key the room's name, likewise
   */
  public Map<String, String> who(String key) {
    Map<String, String> who = new TreeMap<>();
    Room room = rooms.get(key);
    if (room != null) {
      for (User user : room.users()) {
        String away = user.away();
        who.put(user.name().key(), user.shown() + (away.isEmpty() ? "" : " (away: " + away + ")"));
      }
    }
    return who;
  }

  /** How many users are in each room, by its name as it is shown. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    rooms.values().forEach(room -> counts.put(room.name().text(), room.users().size()));
    return counts;
  }

  // ---- what reaches them ---------------------------------------------------------------------

  /**
   * Shows those who are in a room a line that is not kept.
   *
   * @param key the room's name, in the form by which names are compared
   * @param about the account that it is about, which others may ignore; 0 if none
   * @param except the account whose devices do not get it; 0 if all do
   */
  public void notice(String key, String line, long about, long except) {
    Room room = rooms.get(key);
    if (room != null) {
      room.deliver(Batch.notice(line, about, except));
    }
  }

  /** Hands messages on to those in their rooms. In the journal's thread. */
  public void deliver(List<Message> messages) {
    Map<String, List<Message>> byRoom = new LinkedHashMap<>();
    for (Message message : messages) {
      byRoom.computeIfAbsent(message.room().key(), key -> new ArrayList<>()).add(message);
    }
    byRoom.forEach(
        (key, those) -> {
          Room room = rooms.get(key);
          if (room != null) {
            deliver(room, those);
          }
        });
  }

  /** Those of one day together: as a rule, all are of the day of those before. */
  private void deliver(Room room, List<Message> messages) {
    int from = 0;
    for (int i = 0; i < messages.size(); i++) {
      Day next = day.at(messages.get(i).sent());
      if (next != day && from < i) {
        room.deliver(Batch.of(messages.subList(from, i), day));
        from = i;
      }
      day = next;
    }
    room.deliver(Batch.of(messages.subList(from, messages.size()), day));
  }

  /**
   * Some messages are not shown, as there are too many. In the journal's thread.
   *
   * @param count how many, of all rooms
   * @param before the number of the first one that is shown
   */
  public void leftOut(long count, long before) {
    String line =
        "* messages of all rooms that are left out: "
            + count
            + "; /history 50 before "
            + before
            + " shows the last of yours";
    rooms.values().forEach(room -> room.deliver(Batch.notice(line, 0, 0)));
  }

  /**
   * Messages have other numbers from now on, as the database holds others. In the journal's thread.
   *
   * @param last the number behind which messages are handed on
   */
  public void restart(long last) {
    rooms.values().forEach(room -> room.restart(last));
  }
}

package slipway.bench.load;

import java.util.stream.IntStream;

/**
 * Who talks where, and when. Members and messages have numbers from 0. The members are dealt out to
 * the rooms one by one; the first of each room only listens, and the others talk in turns, from
 * room to room.
 *
 * @param rooms of which one alone is the room that everybody enters first, {@code lobby}
 * @param inRoom members of each, two or more
 * @param perSecond messages in a second, in all rooms together
 */
public record ChatPlan(int rooms, int inRoom, int perSecond) {

  int members() {
    return rooms * inRoom;
  }

  /** Members who talk; the others are those before them. */
  private int senders() {
    return members() - rooms;
  }

  boolean isSender(int member) {
    return member >= rooms && member < members();
  }

  String room(int member) {
    return rooms == 1 ? "lobby" : "r" + member % rooms;
  }

  /** Who sends a message. */
  int sender(long message) {
    return rooms + (int) (message % senders());
  }

  /** Which of its sender's messages one is, from 0. */
  int own(long message) {
    return (int) (message / senders());
  }

  /** The number of a sender's message. */
  long message(int sender, int own) {
    return (long) own * senders() + sender - rooms;
  }

  /** When a message is due, in nanoseconds since the load began. */
  long due(long message) {
    return message * 1_000_000_000L / perSecond;
  }

  /** The messages of a room, ascending, of so many. */
  int[] sentIn(int room, int sent) {
    return IntStream.range(0, sent).filter(message -> sender(message) % rooms == room).toArray();
  }
}

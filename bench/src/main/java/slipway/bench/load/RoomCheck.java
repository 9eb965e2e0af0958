package slipway.bench.load;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Checks what the members of a room have been shown: each message of the others once, and all in
 * the order in which one member saw them who only listens.
 */
final class RoomCheck {

  private final int[] sent;
  private final IntUnaryOperator sender;

  /** At which place the listener saw each of them; -1 if it did not. */
  private final int[] places;

  private long lost;
  private long wrong;

  /**
   * Begins with the one who listens.
   *
   * @param sent numbers of the messages that were sent in the room, ascending: those of one sender
   *     are in its order
   * @param sender tells who sent a message
   * @param seen what the listener has been shown, in its order
   */
  RoomCheck(int[] sent, IntUnaryOperator sender, int[] seen) {
    this.sent = sent;
    this.sender = sender;
    this.places = new int[sent.length];
    Arrays.fill(places, -1);
    Map<Integer, Integer> last = new HashMap<>();
    for (int i = 0; i < seen.length; i++) {
      int message = Arrays.binarySearch(sent, seen[i]);
      if (message < 0 || places[message] >= 0) {
        wrong++;
        continue;
      }
      places[message] = i;
      Integer before = last.put(sender.applyAsInt(seen[i]), seen[i]);
      if (before != null && before > seen[i]) {
        wrong++;
      }
    }
    lost = Arrays.stream(places).filter(place -> place < 0).count();
  }

  /**
   * Compares another member with the listener.
   *
   * @param member who is not shown its own messages
   * @param seen what it has been shown, in its order
   */
  void member(int member, int[] seen) {
    boolean[] had = new boolean[sent.length];
    int place = -1;
    for (int each : seen) {
      int message = Arrays.binarySearch(sent, each);
      if (message < 0 || had[message] || sender.applyAsInt(each) == member) {
        wrong++;
        continue;
      }
      had[message] = true;
      if (places[message] >= 0) {
        if (places[message] < place) {
          wrong++;
        }
        place = Math.max(place, places[message]);
      }
    }
    for (int i = 0; i < sent.length; i++) {
      if (!had[i] && sender.applyAsInt(sent[i]) != member) {
        lost++;
      }
    }
  }

  /** Messages that a member was not shown, of all members. */
  long lost() {
    return lost;
  }

  /** Messages that a member was shown twice, out of order, or from another room. */
  long wrong() {
    return wrong;
  }
}

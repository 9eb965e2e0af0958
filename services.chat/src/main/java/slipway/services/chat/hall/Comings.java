package slipway.services.chat.hall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import slipway.services.chat.memory.Remembered;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.user.Pace;
import slipway.services.chat.user.User;

/**
 * Paces the notices that users come and go: each user, and each address, is announced a few times
 * at once and then slowly. Others are kept, and announced together. Used from any thread.
 */
final class Comings {

  private static final int OF_A_USER = 6;
  private static final double OF_A_USER_A_SECOND = 1 / 30.0;
  private static final int OF_AN_ADDRESS = 20;
  private static final double OF_AN_ADDRESS_A_SECOND = 1 / 2.0;

  /** Users and addresses whose pace is remembered; those that came longest ago are forgotten. */
  private static final int MOST_REMEMBERED = 20_000;

  private final LongSupplier nanos;
  private final Remembered<Object, Pace> paces = new Remembered<>(MOST_REMEMBERED);
  private final Map<RoomName, Map<Long, Kept>> rooms = new LinkedHashMap<>();

  private record OfUser(long account) {}

  private record OfAddress(Object address) {}

  /**
   * A user whose coming or going has not been announced.
   *
   * @param name as others see it
   * @param wasIn whether others think that it is in the room
   */
  record Kept(long account, String name, boolean wasIn) {}

  /** Users of a room whose coming and going has not been announced. */
  record Folded(RoomName room, List<Kept> users) {}

  Comings(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * A user has come or gone.
   *
   * @param address where the user is; null if that does not count
   * @return whether others are told now; if not, it is kept
   */
  synchronized boolean mayTell(RoomName room, User user, Object address, boolean comes) {
    Map<Long, Kept> kept = rooms.get(room);
    if (kept != null && kept.containsKey(user.id())) {
      return false; // in its order
    }
    boolean inTime =
        take(new OfUser(user.id()), OF_A_USER, OF_A_USER_A_SECOND)
            & (address == null
                || take(new OfAddress(address), OF_AN_ADDRESS, OF_AN_ADDRESS_A_SECOND));
    if (!inTime) {
      rooms
          .computeIfAbsent(room, key -> new LinkedHashMap<>())
          .put(user.id(), new Kept(user.id(), user.shown(), !comes));
    }
    return inTime;
  }

  private boolean take(Object of, int burst, double perSecond) {
    long now = nanos.getAsLong();
    Pace known = paces.get(of);
    Pace pace = known == null ? new Pace(now) : known;
    paces.put(of, pace);
    return pace.take(now, burst, perSecond) == 0;
  }

  /** What has been kept; it counts as announced. */
  synchronized List<Folded> take() {
    List<Folded> all = new ArrayList<>();
    rooms.forEach((room, kept) -> all.add(new Folded(room, List.copyOf(kept.values()))));
    rooms.clear();
    return all;
  }
}

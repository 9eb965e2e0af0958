package slipway.server.world;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import slipway.world.SessionMode;
import slipway.world.WorldKind;

/**
 * The sessions of a world at a moment.
 *
 * @param inboxes bytes that wait in their inboxes
 * @param lost how many of its members have lost their connections, and are waited for
 * @param modes how many there are of each mode that sessions of this world have
 */
record Census(long inboxes, int lost, Map<SessionMode, Integer> modes) {

  static final Census NONE = new Census(0, 0, Map.of());

  /**
   * Counts them; in the world's loop, and not in each frame.
   *
   * @param taken how many are in it or on their way to it
   * @param parting how many have left, and are still sent something
   */
  static Census of(WorldKind kind, Members members, int taken, int parting) {
    long inboxes = 0;
    int lost = 0;
    for (Membership member : members.list()) {
      inboxes += member.session().packets().inboxed();
      lost += member.session().link().isLost() ? 1 : 0;
    }
    Map<SessionMode, Integer> modes = new EnumMap<>(SessionMode.class);
    if (kind == WorldKind.AUTH) {
      modes.put(SessionMode.AUTH, taken);
    } else {
      modes.put(SessionMode.AUTH_TO_GAME, Math.max(0, taken - members.size()));
      modes.put(SessionMode.GAME, members.size());
    }
    modes.put(SessionMode.WAIT_LOGOUT, parting);
    return new Census(inboxes, lost, Collections.unmodifiableMap(modes));
  }
}

package slipway.services.chat.hall;

import java.util.ArrayList;
import java.util.List;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.user.User;

/**
 * Tells the users in a room that others come and go: one by one while that is rare, otherwise
 * together. From any thread.
 */
final class Announcements {

  private final Comings comings;
  private final Presence presence;
  private final Notices notices;

  /** Whether a user is in a room, in any version. */
  @FunctionalInterface
  interface Presence {
    boolean isIn(RoomName room, long account);
  }

  /** Shows all users in a room a line, as {@link Hall#notice} does. */
  @FunctionalInterface
  interface Notices {
    void notice(RoomName room, String line, long about, long except);
  }

  Announcements(Comings comings, Presence presence, Notices notices) {
    this.comings = comings;
    this.presence = presence;
    this.notices = notices;
  }

  /**
   * A user has come into a room.
   *
   * @param address where the user is; null if that does not count
   */
  void came(RoomName room, User user, Object address) {
    if (comings.mayTell(room, user, address, true)) {
      notices.notice(room, "* " + user.shown() + " has come in", user.id(), user.id());
    }
  }

  /**
   * A user has left a room.
   *
   * @param address where the user was; null if that does not count
   */
  void left(RoomName room, User user, Object address) {
    if (comings.mayTell(room, user, address, false)) {
      notices.notice(room, "* " + user.shown() + " has left", user.id(), user.id());
    }
  }

  /** Announces the users who came and went too fast to be announced one by one. */
  void tellFolded() {
    for (Comings.Folded folded : comings.take()) {
      List<Comings.Kept> came = new ArrayList<>();
      List<Comings.Kept> left = new ArrayList<>();
      List<Comings.Kept> passed = new ArrayList<>();
      for (Comings.Kept user : folded.users()) {
        boolean isIn = presence.isIn(folded.room(), user.account());
        if (isIn && !user.wasIn()) {
          came.add(user);
        } else if (!isIn && user.wasIn()) {
          left.add(user);
        } else if (!isIn) {
          passed.add(user);
        }
      }
      tell(folded.room(), came, "has come in", "users came in");
      tell(folded.room(), left, "has left", "users left");
      tell(folded.room(), passed, "came and left", "users came and left");
    }
  }

  private void tell(RoomName room, List<Comings.Kept> users, String one, String many) {
    if (users.size() == 1) {
      Comings.Kept user = users.get(0);
      notices.notice(room, "* " + user.name() + " " + one, user.account(), user.account());
    } else if (!users.isEmpty()) {
      notices.notice(room, "* " + users.size() + " " + many, 0, 0);
    }
  }
}

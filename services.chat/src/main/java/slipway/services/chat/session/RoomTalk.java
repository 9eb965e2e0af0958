package slipway.services.chat.session;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import slipway.services.chat.text.RoomName;

/** What a user does with rooms. */
final class RoomTalk {

  /** Bytes that a topic has at most. */
  private static final int LONGEST_TOPIC = 800;

  /** What clears a topic. */
  private static final String CLEAR = "-";

  private final Participant me;
  private final Attendance attendance;

  RoomTalk(Participant me, Attendance attendance) {
    this.me = me;
    this.attendance = attendance;
  }

  void who(String rest) {
    Optional<RoomName> asked = rest.isEmpty() ? Optional.of(attendance.room()) : me.roomName(rest);
    asked.ifPresent(attendance::who);
  }

  void list() {
    me.tell(
        me.chat().hall().rooms().stream()
            .map(each -> "* " + each.name() + ": " + each.users())
            .toList());
  }

  void join(String rest) {
    if (rest.isEmpty()) {
      me.usage(Command.JOIN);
      return;
    }
    me.roomName(rest).filter(this::mayEnter).ifPresent(this::join);
  }

  /** The name of an empty room is text that others read. */
  private boolean mayEnter(RoomName next) {
    return isThere(next) || me.mayTalk();
  }

  private boolean isThere(RoomName room) {
    return room.equals(me.settings().room()) || me.chat().hall().isThere(room);
  }

  void leave() {
    join(me.settings().room());
  }

  private void join(RoomName next) {
    if (next.equals(attendance.room())) {
      me.tell("* you are in " + attendance.room() + " already");
    } else if (isThere(next)) {
      attendance.join(next);
    } else {
      RoomName first = me.settings().room();
      me.session()
          .lines()
          .await(
              me.chat().roomNames().check(next, first),
              (forms, failure) -> {
                if (failure == null) {
                  give(next, first, forms);
                } else {
                  me.tell("* not entered: " + me.reason(failure, "look a room up"));
                }
              });
    }
  }

  private void give(RoomName next, RoomName first, Set<String> forms) {
    me.chat()
        .roomNames()
        .give(next, first, forms, () -> attendance.join(next))
        .ifPresent(why -> me.tell("* not entered: " + why));
  }

  void topic(String text) {
    RoomName about = attendance.room();
    if (text.isEmpty()) {
      show(about);
    } else if (me.settings().topicOperators() && !me.user().isOperator()) {
      me.tell("* only operators may say what a room is about");
    } else if (me.mayTalk() && isShort(text)) {
      set(about, text.equals(CLEAR) ? "" : text);
    }
  }

  private boolean isShort(String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_TOPIC) {
      me.tell(
          "* not set: what a room is about has at most "
              + LONGEST_TOPIC
              + " bytes, this has "
              + length);
    }
    return length <= LONGEST_TOPIC;
  }

  private void show(RoomName about) {
    me.session()
        .lines()
        .await(
            me.chat().archive().topic(about),
            (topic, failure) ->
                me.tell(
                    failure != null
                        ? "* " + me.reason(failure, "read a topic")
                        : shown(about, topic.orElse(""))));
  }

  private static String shown(RoomName about, String topic) {
    return topic.isEmpty()
        ? "* nobody has said what " + about + " is about"
        : "* " + about + " is about: " + topic;
  }

  private void set(RoomName about, String topic) {
    me.session()
        .lines()
        .await(
            me.chat().archive().setTopic(about, topic, me.user().shown()),
            (changed, failure) -> {
              if (failure != null) {
                me.tell("* " + me.reason(failure, "set a topic"));
              } else if (changed) {
                String what =
                    topic.isEmpty() ? " has cleared the topic" : " says what it is about: " + topic;
                me.chat().hall().notice(about, "* " + me.user().shown() + what, me.user().id(), 0);
              } else { // no news for the room
                me.tell(shown(about, topic));
              }
            });
  }
}

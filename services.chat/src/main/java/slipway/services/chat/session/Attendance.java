package slipway.services.chat.session;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import slipway.data.DatabaseId;
import slipway.services.chat.door.Doors;
import slipway.services.chat.room.Member;
import slipway.services.chat.store.Arrival;
import slipway.services.chat.store.Cause;
import slipway.services.chat.store.Message;
import slipway.services.chat.store.Missed;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.RoomName;
import slipway.text.Times;

/** The room that a connection is in, and what it is shown as it comes in. */
final class Attendance {

  /** Messages that were missed and are shown at once. */
  private static final int MOST_MISSED = 500;

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Participant me;
  private RoomName room;
  private Member member;

  /** Up to where another version has shown messages, until this one has shown the next. */
  private Optional<Long> seenBefore = Optional.empty();

  /** In which database those are; empty if that is not known. */
  private Optional<DatabaseId> seenIn = Optional.empty();

  /** In no room yet. */
  Attendance(Participant me, RoomName first) {
    this.me = me;
    this.room = first;
  }

  /** The room that it is in, or will be in first. */
  RoomName room() {
    return room;
  }

  /** The number of the last message that it has been shown; empty if that is not known. */
  Optional<Long> seen() {
    return member == null ? seenBefore : seenBefore.or(() -> Optional.of(member.seen()));
  }

  /** In which database that message is; empty if that is not known. */
  Optional<DatabaseId> seenIn() {
    return seenBefore.isPresent() ? seenIn : me.chat().journal().place();
  }

  private EventExecutor loop() {
    return me.session().context().executor();
  }

  private Object address() {
    return Doors.key(me.session().hosted().remoteAddress());
  }

  /** Goes to a room, out of the one before. */
  void join(RoomName next) {
    part(true);
    room = next;
    member = me.member();
    Member joined = member;
    long upTo = me.chat().hall().join(room, me.user(), member, loop(), 0, true, address());
    me.session()
        .lines()
        .await(
            me.chat().archive().arrival(room, upTo, me.settings().historyShown()),
            (arrival, failure) -> {
              if (failure == null) {
                show(arrival);
              } else {
                me.tell("* what was before cannot be shown: " + me.reason(failure, "read"));
              }
              who(room);
              joined.loaded(me.settings().slowLimit());
            });
  }

  private void show(Arrival arrival) {
    List<String> lines = new ArrayList<>();
    arrival.messages().stream()
        .filter(this::isHeard)
        .forEach(message -> lines.add("[" + Times.of(message.sent()) + "] " + message.line()));
    if (!lines.isEmpty()) {
      lines.add(0, "* before, in " + room + ":");
      if (arrival.messages().size() == me.settings().historyShown()) {
        lines.add("* more: /history 50 before " + arrival.messages().get(0).id());
      }
    }
    arrival.topic().ifPresent(topic -> lines.add("* " + room + " is about: " + topic));
    me.tell(lines);
  }

  private boolean isHeard(Message message) {
    return !me.user().ignored().containsKey(message.account());
  }

  /** Shows who is in a room. */
  void who(RoomName asked) {
    List<String> names = me.chat().hall().who(asked);
    me.tell("* in " + asked + ": " + (names.isEmpty() ? "nobody" : String.join(", ", names)));
  }

  /** Leaves the room, if it is in one. */
  void part(boolean announced) {
    if (member != null) {
      me.chat().hall().part(room, me.user(), member, loop(), announced, address());
      member = null;
    }
  }

  // ---- from another version ------------------------------------------------------------------

  /**
   * Takes up the state of another version, but in no room yet.
   *
   * @param before the room; empty for the first one
   * @param seen the number of the last message that was shown; empty if that is not known
   * @param in in which database that message is; empty if that is not known
   */
  void resume(Optional<RoomName> before, Optional<Long> seen, Optional<DatabaseId> in) {
    before.ifPresent(known -> room = known);
    seenBefore = seen;
    seenIn = in;
  }

  /**
   * Comes back into the room after another version has served the connection, unannounced, and
   * shows what was said meanwhile.
   *
   * @param then called when that is shown, before what is said from now on
   */
  void comeBack(Runnable then) {
    member = me.member();
    long delivered = me.chat().journal().delivered();
    long upTo =
        me.chat()
            .hall()
            .join(room, me.user(), member, loop(), seenBefore.orElse(0L), false, address());
    if (seenBefore.isEmpty()) {
      seenBefore = Optional.of(upTo);
    }
    showMissed(delivered, upTo, then);
  }

  private boolean isOtherStory(Missed missed) {
    return seenIn.isPresent() && !seenIn.get().equals(missed.place())
        || missed.last() < seenBefore.orElseThrow();
  }

  private List<String> lines(Missed missed) {
    List<Message> messages = missed.messages();
    List<String> lines = new ArrayList<>(messages.size() + 2);
    if (missed.leftOut() > 0) {
      lines.add(
          "* messages that are left out: "
              + missed.leftOut()
              + "; /history 50 before "
              + messages.get(0).id()
              + " shows the last of them");
    }
    Day day = Day.of(me.chat().clock().instant());
    for (Message message : messages) {
      if (!isHeard(message)) {
        continue;
      }
      day = day.at(message.sent());
      if (me.session().screen().lastDay().turns(day)) {
        lines.add(day.line());
      }
      lines.add(message.line());
    }
    return lines;
  }

  /**
   * Shows it.
   *
   * @param delivered the number behind which all is new if the database has another story
   */
  private void showMissed(long delivered, long upTo, Runnable then) {
    Member joined = member;
    me.session()
        .lines()
        .await(
            me.chat().archive().missed(room, seenBefore.orElseThrow(), upTo, MOST_MISSED),
            (missed, failure) -> {
              if (Cause.isAway(failure)) {
                me.session().lines().pause(RETRY_NANOS, () -> showMissed(delivered, upTo, then));
                return;
              }
              boolean other = failure == null && isOtherStory(missed);
              seenBefore = Optional.empty();
              if (other) {
                joined.restart(delivered);
                me.tell("* the database holds other messages than before; /history shows them");
              } else if (failure == null) {
                me.tell(lines(missed));
              } else {
                me.tell("* what you missed cannot be shown: " + me.reason(failure, "read"));
              }
              then.run();
              joined.loaded(me.settings().slowLimit());
            });
  }
}

package slipway.services.chat.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import slipway.account.AccountName;
import slipway.services.chat.room.Member;
import slipway.services.chat.store.Mute;
import slipway.services.chat.text.PlainText;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.text.ShownName;
import slipway.services.chat.user.User;
import slipway.text.Times;

/**
 * A user at one connection: what all commands need. In the connection's event loop.
 *
 * @param session the connection
 * @param chat the version of the chat that serves it
 */
record Participant(Session session, Chat chat, User user) {

  ChatSettings settings() {
    return chat.settings().get();
  }

  /** The connection as a member of a room. */
  Member member() {
    return session.screen().member(user, session.hosted().id());
  }

  void tell(String line) {
    session.screen().tell(line);
  }

  void tell(List<String> lines) {
    session.screen().tell(lines);
  }

  /** Shows how a command is written. */
  void usage(Command command) {
    tell("* usage: " + command.usage());
  }

  /** Why something was not done, for the user. */
  String reason(Throwable failure, String what) {
    return Failures.reason(session, failure, what);
  }

  /** Reads a user's name; empty, and the user told, if it is none. */
  Optional<AccountName> name(String text) {
    try {
      return Optional.of(ShownName.read(text));
    } catch (IllegalArgumentException noName) {
      tell("* " + noName.getMessage());
      return Optional.empty();
    }
  }

  /** Reads a room's name; empty, and the user told, if it is none. */
  Optional<RoomName> roomName(String text) {
    try {
      return Optional.of(RoomName.of(text));
    } catch (IllegalArgumentException noRoom) {
      tell("* " + noRoom.getMessage());
      return Optional.empty();
    }
  }

  /** Whether others may read what this user writes; if not, the user is told. */
  boolean mayTalk() {
    Instant now = chat.clock().instant();
    Instant settled = user.account().created().plus(settings().newMute());
    if (settled.isAfter(now) && !user.isOperator()) {
      tell("* not sent: new accounts may talk from " + Times.of(settled));
      return false;
    }
    Optional<Mute> mute = user.muteAt(now);
    mute.ifPresent(this::tellMuted);
    return mute.isEmpty();
  }

  /** The notice of it may still be on its way to the event loop, and is to be read first. */
  private void tellMuted(Mute mute) {
    String line =
        "* not sent: you may not talk until "
            + Times.of(mute.until())
            + PlainText.because(mute.reason());
    session.lines().await(CompletableFuture.completedFuture(line), (told, none) -> tell(told));
  }
}

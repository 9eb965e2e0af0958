package slipway.services.chat.session;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import slipway.account.Origin;
import slipway.services.chat.door.Doors;

/** Asks a user for the old password and a new one, and changes it. */
final class PasswordDialogue {

  private static final byte[] NOTHING = {};

  /** How often the pause after a refusal becomes twice as long; it begins with a second. */
  private static final int MOST_DOUBLED = 4;

  private final Participant me;
  private Question question = Question.NONE;
  private byte[] old = NOTHING;
  private int refused;

  /** What the next line answers. */
  enum Question {
    NONE,
    OLD_PASSWORD,
    NEW_PASSWORD
  }

  PasswordDialogue(Participant me) {
    this.me = me;
  }

  /** Whether the next line is an answer, and not talk. */
  boolean isUnderWay() {
    return question != Question.NONE;
  }

  Question question() {
    return question;
  }

  /** The old password, once it has been given; else empty. */
  byte[] old() {
    return old;
  }

  /** Is where another version was. */
  void resume(Question asked, byte[] given) {
    question = asked;
    old = given;
  }

  void begin() {
    question = Question.OLD_PASSWORD;
    me.session().screen().ask("Current password: ", true);
  }

  void answer(byte[] bytes) {
    me.session().screen().answered();
    if (question == Question.OLD_PASSWORD) {
      old = bytes;
      question = Question.NEW_PASSWORD;
      me.session().screen().ask("New password: ", true);
    } else {
      byte[] given = old;
      old = NOTHING;
      question = Question.NONE;
      change(given, bytes);
    }
  }

  /** The old password is guessed at like one of a log-in, so it is counted like one. */
  private void change(byte[] given, byte[] next) {
    Doors.Try begun =
        me.chat()
            .doors()
            .begin(
                me.session().hosted().remoteAddress(),
                me.user().account().name(),
                me.settings().addressTries(),
                me.settings().nameTries());
    if (begun.verdict() != Doors.Verdict.OPEN) {
      Arrays.fill(given, (byte) 0);
      Arrays.fill(next, (byte) 0);
      me.tell("* not changed: too many wrong passwords were tried; try again later");
      return;
    }
    me.session()
        .lines()
        .await(
            me.chat()
                .accounts()
                .changePassword(me.user().id(), given, next, Origin.of(me.session().hosted()))
                .whenComplete((changed, failure) -> count(begun, changed, failure)),
            this::changed);
  }

  private static void count(Doors.Try begun, Boolean changed, Throwable failure) {
    if (failure != null) {
      begun.dropped();
    } else if (changed) {
      begun.right();
    } else {
      begun.wrong();
    }
  }

  private void changed(Boolean changed, Throwable failure) {
    if (failure == null && changed) {
      me.tell("* your password is changed");
      return;
    }
    me.tell(
        "* not changed: "
            + (failure == null
                ? "that is not your password"
                : me.reason(failure, "change a password")));
    long seconds = 1L << Math.min(refused++, MOST_DOUBLED);
    me.session().lines().pause(TimeUnit.SECONDS.toNanos(seconds), () -> {});
  }
}

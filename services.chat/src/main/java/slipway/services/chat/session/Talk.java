package slipway.services.chat.session;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import slipway.services.chat.session.Command.Use;
import slipway.services.chat.store.Kind;
import slipway.services.chat.store.Standing;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.PlainText;
import slipway.services.chat.user.User;
import slipway.text.Times;

/** A user who is in, in a room. */
final class Talk implements Phase {

  private final Participant me;
  private final Attendance attendance;
  private final Speech speech;
  private final RoomTalk rooms;
  private final HistoryTalk history;
  private final Oneself oneself;
  private final PasswordDialogue password;
  private final Moderation moderation;
  private boolean slowed;

  /** When the user logged in, as the hall tells the time. */
  private long since;

  Talk(Session session, Chat chat, User user) {
    since = chat.hall().now();
    me = new Participant(session, chat, user);
    attendance = new Attendance(me, chat.settings().get().room());
    speech = new Speech(me, attendance);
    rooms = new RoomTalk(me, attendance);
    history = new HistoryTalk(me, attendance);
    oneself = new Oneself(me, attendance);
    password = new PasswordDialogue(me);
    moderation = new Moderation(me);
  }

  Participant me() {
    return me;
  }

  Attendance attendance() {
    return attendance;
  }

  Speech speech() {
    return speech;
  }

  RoomTalk rooms() {
    return rooms;
  }

  HistoryTalk history() {
    return history;
  }

  Oneself oneself() {
    return oneself;
  }

  PasswordDialogue password() {
    return password;
  }

  Moderation moderation() {
    return moderation;
  }

  // ---- coming and going ----------------------------------------------------------------------

  /** Whether the user has had another password since this log-in. */
  boolean hasOldPassword() {
    return me.chat()
        .hall()
        .users()
        .isPasswordOld(me.user().id(), since, me.session().hosted().id());
  }

  /**
   * Greets, and enters the first room.
   *
   * @param at when the log-in was answered
   */
  void begin(boolean registered, long at) {
    since = at;
    me.tell(
        registered
            ? "* Welcome, "
                + me.user().name()
                + ". You are registered. /help shows what you can type."
            : "* Welcome, " + me.user().name() + ". /help shows what you can type.");
    Instant now = me.chat().clock().instant();
    me.session().screen().lastDay().turns(Day.of(now)); // as it is told here
    me.tell("* it is " + Times.of(now) + "; times are " + Times.zone(now));
    me.session()
        .lines()
        .await(
            standing(),
            (standing, failure) -> {
              if (failure == null) {
                me.user().stored(standing);
                attendance.join(me.settings().room());
              } else {
                me.session()
                    .end("* the chat cannot be used now: " + me.reason(failure, "open the chat"));
              }
            });
  }

  /** The database has to be there once: what is shown and sent from then on follows from it. */
  CompletionStage<Standing> standing() {
    return me.chat()
        .journal()
        .open()
        .thenCompose(last -> me.chat().archive().standing(me.user().id()));
  }

  @Override
  public void leave(boolean announced) {
    attendance.part(announced);
    me.chat().hall().users().leave(me.user(), me.session().device());
  }

  void quit() {
    me.session().end("* goodbye");
  }

  // ---- hand-off ------------------------------------------------------------------------------

  @Override
  public Map<String, Object> state() {
    return new Passport(
            Optional.of(me.chat().hall().id()),
            me.user().account(),
            me.user().name(),
            me.user().looks(),
            me.user().away(),
            me.user().ignored(),
            Optional.of(attendance.room()),
            attendance.seen(),
            attendance.seenIn(),
            Optional.of(since),
            Optional.of(me.session().screen().lastDay().number()),
            password.question(),
            password.old())
        .toMap();
  }

  /** Takes up the state of another version; no other user sees anything of it yet. */
  void resume(Passport passport) {
    attendance.resume(passport.room(), passport.seen(), passport.place());
    since = passport.since().orElse(since);
    Day today = Day.of(me.chat().clock().instant());
    me.session().screen().lastDay().is(passport.day().orElse(today.number()));
    password.resume(passport.question(), passport.oldPassword());
  }

  // ---- lines ---------------------------------------------------------------------------------

  @Override
  public boolean isSecret() {
    return password.isUnderWay();
  }

  @Override
  public void line(byte[] bytes) {
    if (password.isUnderWay()) {
      password.answer(bytes);
      return;
    }
    String text = PlainText.of(bytes);
    if (text.startsWith("/") && !text.startsWith("//")) {
      int space = text.indexOf(' ');
      command(
          bytes,
          text.substring(1, space < 0 ? text.length() : space),
          space < 0 ? "" : text.substring(space + 1).strip());
    } else if (text.isEmpty()) {
      if (PlainText.isMeant(bytes)) {
        me.tell("* not sent: it has no visible characters");
      }
    } else if (isInTime(bytes)) {
      speech.say(Kind.SAID, text.startsWith("//") ? text.substring(1) : text);
    }
  }

  private void command(byte[] line, String word, String rest) {
    Command command = Command.of(word).orElse(null);
    if (command == null) {
      me.tell("* there is no /" + PlainText.atMost(word, 32) + "; /help shows what there is");
    } else if (command.use() == Use.OPERATORS && !me.user().isOperator()) {
      me.tell("* only operators may /" + command.word());
    } else if (command.use() != Use.PACED || isInTime(line)) {
      command.run(this, rest);
    }
  }

  void help() {
    me.tell(
        Arrays.stream(Command.values())
            .filter(command -> me.user().isOperator() || command.use() != Use.OPERATORS)
            .map(Command::explained)
            .toList());
  }

  /** A user who writes too fast is told once, and read only as fast as the limit allows. */
  private boolean isInTime(byte[] line) {
    ChatSettings settings = me.settings();
    long early =
        me.user()
            .pace()
            .take(me.chat().hall().now(), settings.messageBurst(), settings.messageRate());
    if (early == 0) {
      slowed &= me.session().lines().hasMore();
      return true;
    }
    if (!slowed) {
      me.tell(
          "* slow down: "
              + settings.messageRate()
              + " messages a second are sent on; the others wait");
    }
    slowed = true;
    me.session().lines().retry(line, Math.max(early, TimeUnit.MILLISECONDS.toNanos(1)));
    return false;
  }
}

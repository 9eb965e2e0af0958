package slipway.services.chat.session;

/** Asks a user for the old password and a new one, and changes it. */
final class PasswordDialogue {

  private static final byte[] NOTHING = {};

  private final Participant me;
  private Question question = Question.NONE;
  private byte[] old = NOTHING;

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
    me.session().ask("Password until now: ", true);
  }

  void answer(byte[] bytes) {
    me.session().answered();
    if (question == Question.OLD_PASSWORD) {
      old = bytes;
      question = Question.NEW_PASSWORD;
      me.session().ask("New password: ", true);
    } else {
      byte[] given = old;
      old = NOTHING;
      question = Question.NONE;
      change(given, bytes);
    }
  }

  private void change(byte[] given, byte[] next) {
    me.session()
        .await(
            me.chat().accounts().changePassword(me.user().id(), given, next),
            (changed, failure) ->
                me.tell(
                    failure != null
                        ? "* not changed: " + me.reason(failure, "change a password")
                        : changed
                            ? "* your password is changed"
                            : "* not changed: that is not your password"));
  }
}

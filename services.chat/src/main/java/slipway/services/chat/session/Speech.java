package slipway.services.chat.session;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import slipway.account.AccountName;
import slipway.services.chat.store.Draft;
import slipway.services.chat.store.Kind;
import slipway.services.chat.text.Day;

/** What a user says to the room, or to one other user. */
final class Speech {

  private final Participant me;
  private final Attendance attendance;

  Speech(Participant me, Attendance attendance) {
    this.me = me;
    this.attendance = attendance;
  }

  void act(String text) {
    if (text.isEmpty()) {
      me.usage(Command.ME);
    } else {
      say(Kind.DID, text);
    }
  }

  void say(Kind kind, String text) {
    if (!me.mayTalk() || !isShort(text)) {
      return;
    }
    Draft draft =
        new Draft(
            attendance.room(),
            me.user().id(),
            me.user().shown(),
            kind,
            text,
            me.session().hosted().id());
    me.session()
        .lines()
        .await(
            me.chat().journal().post(draft),
            (message, failure) -> {
              if (failure != null) {
                me.tell("* not sent: " + me.reason(failure, "store a message"));
              }
            });
  }

  private boolean isShort(String text) {
    int most = me.settings().messageLength();
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > most) {
      me.tell("* not sent: a message has at most " + most + " bytes, this one has " + length);
    }
    return length <= most;
  }

  void tell(String rest) {
    int space = rest.indexOf(' ');
    if (space < 0) {
      me.usage(Command.MSG);
      return;
    }
    String text = rest.substring(space + 1).strip();
    Optional<AccountName> name = me.name(rest.substring(0, space));
    if (name.isPresent() && me.mayTalk() && isShort(text)) {
      tell(name.get(), text);
    }
  }

  private void tell(AccountName name, String text) {
    Optional<String> away =
        me.chat()
            .hall()
            .tell(
                name,
                me.user().id(),
                me.user().shown() + " (to you): " + text,
                Day.of(me.chat().clock().instant()));
    if (away.isEmpty()) {
      me.tell("* " + name + " is not here");
    } else {
      me.tell("you (to " + name + "): " + text);
      away.filter(why -> !why.isEmpty())
          .ifPresent(why -> me.tell("* " + name + " is away: " + why));
    }
  }
}

package slipway.services.chat.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import slipway.account.AccountName;
import slipway.services.chat.text.PlainText;
import slipway.services.chat.user.User;

/** What users say about themselves, and whom they do not want to hear. */
final class Oneself {

  /** Users whom one user can ignore. */
  private static final int MOST_IGNORED = 500;

  /** One less than a name has: the mark before it has to go into the columns of names, too. */
  private static final int LONGEST_NICK = AccountName.LONGEST - 1;

  private final Participant me;
  private final Attendance attendance;

  Oneself(Participant me, Attendance attendance) {
    this.me = me;
    this.attendance = attendance;
  }

  void nick(String text) {
    if (text.isEmpty()) {
      rename(me.user().account().name(), Set.of());
    } else {
      me.name(text).filter(name -> me.mayTalk()).ifPresent(this::nick);
    }
  }

  private void nick(AccountName next) {
    if (next.toString().codePointCount(0, next.toString().length()) > LONGEST_NICK) {
      me.tell("* a nick has at most " + LONGEST_NICK + " letters");
      return;
    }
    me.session()
        .lines()
        .await(
            me.chat()
                .accounts()
                .checkName(next, me.user().id())
                .thenCompose(free -> me.chat().accounts().looks(List.of(next))),
            (looks, failure) -> {
              if (failure != null) {
                me.tell("* " + me.reason(failure, "look a name up"));
              } else {
                boolean own = next.equals(me.user().account().name());
                rename(next, own ? Set.of() : looks.get(next).forms());
              }
            });
  }

  private void rename(AccountName next, Set<String> forms) {
    User user = me.user();
    String before = user.shown();
    if (next.toString().equals(user.name().toString())) {
      me.tell("* you are known as " + before + " already");
      return;
    }
    if (isSomebodyElses(next)) {
      me.tell("* " + next + " is somebody else's name");
      return;
    }
    if (me.chat().hall().isLikeNick(forms, user.id())
        || !me.chat().hall().users().rename(user, next, forms)) {
      me.tell("* " + next + " looks like somebody else's name");
      return;
    }
    me.chat()
        .hall()
        .notice(
            attendance.room(),
            "* " + before + " is known as " + user.shown() + " now",
            user.id(),
            0);
  }

  private boolean isSomebodyElses(AccountName name) {
    return me.chat().hall().accountOf(name).filter(other -> other != me.user().id()).isPresent();
  }

  void away(String text) {
    if (!text.isEmpty() && !me.mayTalk()) {
      return;
    }
    me.user().away(PlainText.atMost(text, PlainText.LONGEST_NOTE));
    me.tell(text.isEmpty() ? "* you are back" : "* you are away: " + me.user().away());
  }

  void ignore(String text) {
    if (!text.isEmpty()) {
      me.name(text).ifPresent(this::ignore);
      return;
    }
    Map<Long, String> ignored = me.user().ignored();
    me.tell(
        ignored.isEmpty()
            ? "* you ignore nobody"
            : "* you ignore " + String.join(", ", ignored.values()));
  }

  private void ignore(AccountName whom) {
    Optional<Long> on = me.chat().hall().accountOf(whom);
    if (on.isPresent()) {
      toggle(whom, on.get());
      return;
    }
    me.session()
        .lines()
        .await(
            me.chat().accounts().find(whom),
            (account, failure) -> {
              if (failure != null) {
                me.tell("* " + me.reason(failure, "look a name up"));
              } else if (account.isEmpty()) {
                me.tell("* there is no " + whom);
              } else {
                toggle(whom, account.get().id());
              }
            });
  }

  private void toggle(AccountName whom, long id) {
    Map<Long, String> ignored = me.user().ignored();
    if (id == me.user().id()) {
      me.tell("* you cannot ignore yourself");
    } else if (ignored.remove(id) != null) {
      keep(me.chat().archive().hear(me.user().id(), id), "* you no longer ignore " + whom);
    } else if (ignored.size() >= MOST_IGNORED) {
      me.tell("* you cannot ignore more users");
    } else {
      ignored.put(id, whom.toString());
      keep(
          me.chat().archive().ignore(me.user().id(), id, whom.toString()),
          "* you ignore " + whom + "; /ignore " + whom + " ends that");
    }
  }

  /** It holds at once, and until the user leaves if it cannot be kept. */
  private void keep(CompletionStage<Void> kept, String done) {
    me.session()
        .lines()
        .await(
            kept,
            (nothing, failure) ->
                me.tell(
                    failure == null
                        ? done
                        : done + ", until you leave: " + me.reason(failure, "keep it")));
  }
}

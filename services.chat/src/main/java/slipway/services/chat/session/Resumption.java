package slipway.services.chat.session;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import slipway.account.Account;
import slipway.service.Handed;
import slipway.services.chat.store.Cause;
import slipway.services.chat.store.Standing;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.user.Entry;
import slipway.services.chat.user.User;

/** A user whom another version of the chat has served up to now. */
final class Resumption {

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Participant me;
  private final Talk talk;
  private final boolean upgraded;

  /** What has to be known of a user before anything is shown. */
  private record Known(Standing standing, Optional<Account> account) {}

  private Resumption(Participant me, Talk talk, boolean upgraded) {
    this.me = me;
    this.talk = talk;
    this.upgraded = upgraded;
  }

  /**
   * Lets a user continue.
   *
   * @throws RuntimeException if that cannot be; nothing of the user is in this version then
   */
  static void begin(Session session, Chat chat, Handed given) {
    Passport passport = Passport.of(given);
    // a user who is in stays in, however many there may be now
    if (!(chat.hall().enter(passport.account(), session.device(), Integer.MAX_VALUE)
        instanceof Entry.Entered in)) {
      throw new IllegalStateException(passport.account().name() + " has too many devices");
    }
    User user = in.user();
    try {
      chat.hall().users().rename(user, passport.nick(), passport.looks());
      user.away(passport.away());
      user.ignored().putAll(passport.ignored());
      Talk talk = session.talk(user);
      talk.resume(passport);
      boolean upgraded = !passport.hall().equals(Optional.of(chat.hall().id()));
      new Resumption(talk.me(), talk, upgraded).comeBack(true);
    } catch (RuntimeException | Error failed) {
      chat.hall().users().leave(user, session.device());
      throw failed;
    }
  }

  /** An account may have changed while neither version could be told. */
  private void comeBack(boolean told) {
    me.session()
        .lines()
        .await(
            talk.standing().thenCombine(account(), Known::new),
            (known, failure) -> {
              if (talk.hasOldPassword()) { // it was changed while neither version had the session
                me.session().end(Goodbye.PASSWORD_CHANGED);
              } else if (Cause.isAway(failure)) {
                if (told) {
                  me.tell("* the chat continues when its database is back");
                }
                me.session().lines().pause(RETRY_NANOS, () -> comeBack(false));
              } else if (failure != null) {
                me.session()
                    .end("* the chat cannot be used now: " + me.reason(failure, "open the chat"));
              } else {
                comeBack(known);
              }
            });
  }

  /** In the accounts' thread, so that a later change is not undone. */
  private CompletionStage<Optional<Account>> account() {
    return me.chat()
        .accounts()
        .find(me.user().account().name())
        .thenApply(
            found -> {
              Optional<Account> mine = found.filter(account -> account.id() == me.user().id());
              mine.ifPresent(me.chat().hall().users()::changed);
              return mine;
            });
  }

  private void comeBack(Known known) {
    if (known.account().isEmpty()) {
      me.session().end(Goodbye.REMOVED);
    } else if (known.account().get().banAt(me.chat().clock().instant()).isPresent()) {
      me.session().end(Goodbye.banned(known.account().get().ban().orElseThrow()));
    } else {
      me.user().stored(known.standing());
      talk.attendance().comeBack(this::tellUpgraded);
    }
  }

  private void tellUpgraded() {
    if (upgraded) {
      me.tell("* the chat was upgraded to " + me.session().hosted().version());
    }
  }
}

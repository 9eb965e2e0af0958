package slipway.services.chat.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.config.Durations;
import slipway.data.DatabaseAway;
import slipway.services.chat.store.Mute;
import slipway.services.chat.text.PlainText;
import slipway.services.chat.text.ShownName;
import slipway.services.chat.user.User;
import slipway.text.Times;

/** What an operator does to others; all of it is noted before it is done. */
final class Moderation {

  private static final Logger LOG = LoggerFactory.getLogger(Moderation.class);

  private static final String ADDRESS = "--address";

  private final Participant me;
  private final Session session;
  private final Chat chat;
  private final User user;
  private final NetworkBans networks;

  Moderation(Participant me) {
    this.me = me;
    this.session = me.session();
    this.chat = me.chat();
    this.user = me.user();
    this.networks = new NetworkBans(me, this);
  }

  /** The name that is noted: that of the account, whatever the operator is known as. */
  String by() {
    return user.account().name().toString();
  }

  void kick(String rest) {
    named(Command.KICK, rest, (name, after) -> on(name, account -> kick(account, reason(after))));
  }

  void mute(String rest) {
    timed(Command.MUTE, rest, this::mute);
  }

  void unmute(String rest) {
    named(Command.UNMUTE, rest, (name, after) -> on(name, this::unmute));
  }

  void ban(String rest) {
    boolean address = rest.startsWith(ADDRESS + " ");
    String target = address ? rest.substring(ADDRESS.length()).strip() : rest;
    if (NetworkBans.isNetwork(target)) {
      networks.network(target, (network, after) -> inTime(Command.BAN, after, network::ban));
    } else {
      timed(
          Command.BAN,
          target,
          (account, until, why) -> ban(account, new Ban(until, why, by()), address));
    }
  }

  void unban(String rest) {
    if (NetworkBans.isNetwork(rest)) {
      networks.network(rest, (network, after) -> network.unban());
      return;
    }
    named(Command.UNBAN, rest, (name, after) -> on(name, this::unban));
  }

  private void named(Command command, String rest, BiConsumer<AccountName, String> then) {
    String[] words = rest.split(" ", 2);
    AccountName name;
    try {
      name = ShownName.read(words[0]);
    } catch (IllegalArgumentException noName) {
      me.usage(command);
      return;
    }
    then.accept(name, words.length < 2 ? "" : words[1].strip());
  }

  private static String reason(String text) {
    return PlainText.atMost(text, PlainText.LONGEST_NOTE);
  }

  @FunctionalInterface
  private interface Timed {
    void until(Account account, Instant end, String reason);
  }

  private void timed(Command command, String rest, Timed then) {
    named(
        command,
        rest,
        (name, after) ->
            inTime(
                command, after, (end, why) -> on(name, account -> then.until(account, end, why))));
  }

  private void inTime(Command command, String after, BiConsumer<Instant, String> then) {
    String[] words = after.split(" ", 2);
    Optional<Duration> duration = Durations.parse(words[0]);
    if (duration.isEmpty() || duration.get().isZero()) {
      me.tell("* usage: " + command.usage() + "; a duration is " + Durations.FORM);
      return;
    }
    then.accept(
        chat.clock().instant().plus(duration.get()),
        reason(words.length < 2 ? "" : words[1].strip()));
  }

  /** Finds the account of the user who is known by a name now, or has it as their own. */
  private void on(AccountName name, Consumer<Account> then) {
    Optional<User> here = chat.hall().users().find(name);
    if (here.isPresent()) {
      found(name, here.get().account(), then);
      return;
    }
    session
        .lines()
        .await(
            chat.accounts().find(name),
            (account, failure) -> {
              if (failure != null) {
                failed(failure);
              } else if (account.isEmpty()) {
                session.screen().tell("* there is no " + name);
              } else {
                found(name, account.get(), then);
              }
            });
  }

  private void found(AccountName name, Account account, Consumer<Account> then) {
    if (account.id() == user.id()) {
      session.screen().tell("* " + name + " is yourself");
    } else {
      then.accept(account);
    }
  }

  void failed(Throwable failure) {
    if (failure instanceof DatabaseAway || failure instanceof AccountException) {
      session.screen().tell("* not done: " + failure.getMessage());
    } else {
      LOG.warn("connection {}: an operator's command failed", session.hosted().id(), failure);
      session.screen().tell("* not done; the host's log says why");
    }
  }

  void done(CompletionStage<?> stage, Runnable then) {
    session
        .lines()
        .await(
            stage,
            (result, failure) -> {
              if (failure == null) {
                then.run();
              } else {
                failed(failure);
              }
            });
  }

  private void kick(Account account, String why) {
    done(
        chat.archive().note(by(), "KICK", account.name().toString(), why),
        () -> {
          int ended =
              chat.hall()
                  .end(
                      account.id(),
                      "* " + by() + " ended your connection" + PlainText.because(why));
          session.screen().tell("* connections of " + account.name() + " that ended: " + ended);
        });
  }

  private void mute(Account account, Instant until, String why) {
    Mute mute = new Mute(until, why, by());
    done(
        chat.archive().setMute(account.id(), account.name().toString(), mute),
        () -> {
          chat.hall().mute(account.id(), Optional.of(mute));
          session.screen().tell("* " + account.name() + " is muted until " + Times.of(until));
        });
  }

  private void unmute(Account account) {
    done(
        chat.archive().endMute(account.id(), account.name().toString(), by()),
        () -> {
          chat.hall().mute(account.id(), Optional.empty());
          session.screen().tell("* " + account.name() + " may talk again");
        });
  }

  /** The sessions end when the accounts tell of the change. */
  private void ban(Account account, Ban ban, boolean address) {
    done(
        note(account.name().toString(), ban)
            .thenCompose(noted -> chat.accounts().ban(account.name(), ban)),
        () -> {
          session
              .screen()
              .tell("* " + account.name() + " is banned until " + Times.of(ban.until()));
          if (address) {
            networks.banLast(account.name(), ban);
          }
        });
  }

  CompletionStage<?> note(String target, Ban ban) {
    return chat.archive()
        .note(by(), "BAN", target, "until " + ban.until() + PlainText.because(ban.reason()));
  }

  private void unban(Account account) {
    done(
        chat.archive()
            .note(by(), "UNBAN", account.name().toString(), "")
            .thenCompose(noted -> chat.accounts().unban(account.name())),
        () -> session.screen().tell("* " + account.name() + " may log in again"));
  }
}

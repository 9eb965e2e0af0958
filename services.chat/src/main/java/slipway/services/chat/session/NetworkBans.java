package slipway.services.chat.session;

import java.time.Instant;
import java.util.function.BiConsumer;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.account.Network;
import slipway.text.Times;

/** What an operator does to networks: every client from there is kept out, under any name. */
final class NetworkBans {

  private final Participant me;
  private final Moderation moderation;

  NetworkBans(Participant me, Moderation moderation) {
    this.me = me;
    this.moderation = moderation;
  }

  /** Whether a command begins with a network: no name holds one of these. */
  static boolean isNetwork(String rest) {
    return rest.chars()
        .takeWhile(each -> each != ' ')
        .anyMatch(each -> each == '.' || each == ':' || each == '/');
  }

  /** Reads the network that a command begins with, and continues with the rest of it. */
  void network(String rest, BiConsumer<Target, String> then) {
    String[] words = rest.split(" ", 2);
    Network network;
    try {
      network = Network.parse(words[0]);
    } catch (IllegalArgumentException none) {
      me.tell("* " + none.getMessage());
      return;
    }
    then.accept(new Target(network), words.length < 2 ? "" : words[1].strip());
  }

  /** Bans the network from which a user last logged in. */
  void banLast(AccountName name, Ban ban) {
    me.session()
        .lines()
        .await(
            me.chat().accounts().lastNetwork(name),
            (last, failure) -> {
              if (failure != null) {
                moderation.failed(failure);
              } else if (last.isEmpty()) {
                me.tell("* not the address of " + name + ": it is not known");
              } else {
                new Target(last.get()).ban(ban);
              }
            });
  }

  /** A network that is banned, or let in again. */
  final class Target {
    private final Network network;

    private Target(Network network) {
      this.network = network;
    }

    void ban(Instant until, String why) {
      ban(new Ban(until, why, moderation.by()));
    }

    /** The sessions end when the accounts tell of it. */
    private void ban(Ban ban) {
      if (me.session().device().isFrom(network)) {
        me.tell("* not " + network + ": you are in it yourself");
        return;
      }
      moderation.done(
          moderation
              .note(network.toString(), ban)
              .thenCompose(noted -> me.chat().accounts().ban(network, ban)),
          () -> me.tell("* " + network + " is banned until " + Times.of(ban.until())));
    }

    void unban() {
      me.session()
          .lines()
          .await(
              me.chat()
                  .archive()
                  .note(moderation.by(), "UNBAN", network.toString(), "")
                  .thenCompose(noted -> me.chat().accounts().unban(network)),
              (held, failure) -> {
                if (failure != null) {
                  moderation.failed(failure);
                } else {
                  me.tell("* " + network + (held ? " may log in again" : " is not banned"));
                }
              });
    }
  }
}

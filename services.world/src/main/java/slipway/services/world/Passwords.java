package slipway.services.world;

import java.util.concurrent.CompletionStage;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.Accounts;
import slipway.account.LogIn;
import slipway.account.Origin;
import slipway.data.DatabaseAway;

/** Compares passwords, which takes a while. A name that is not known is registered. */
final class Passwords {

  private final Accounts accounts;
  private final Presence presence;

  Passwords(Accounts accounts, Presence presence) {
    this.accounts = accounts;
    this.presence = presence;
  }

  /**
   * Logs a user in; blocks.
   *
   * @param session with which it is in from then on
   * @throws Exception what has gone wrong, other than that the log-in was refused
   */
  Verdict compare(long session, AccountName name, byte[] password, Origin origin) throws Exception {
    CompletionStage<LogIn> logIn =
        accounts
            .logIn(name, password, true, origin)
            .thenApply(answer -> noted(answer, session)); // before a ban that comes later
    try {
      return switch (Blocking.await(logIn)) {
        case LogIn.Entered entered ->
            Verdict.entered(entered.account().id(), entered.account().name().toString());
        case LogIn.Banned banned -> Verdict.refused(Protocol.BANNED, Protocol.banned(banned.ban()));
        case LogIn.WrongPassword wrong -> wrongPassword();
        case LogIn.Unknown unknown -> wrongPassword();
      };
    } catch (AccountException refused) {
      boolean away = refused.getCause() instanceof DatabaseAway;
      return Verdict.refused(away ? Protocol.AWAY : Protocol.BAD_NAME, refused.getMessage());
    }
  }

  /** In the accounts' thread, which tells of bans one after the other. */
  private LogIn noted(LogIn answer, long session) {
    if (answer instanceof LogIn.Entered entered) {
      presence.enter(entered.account().id(), session);
    }
    return answer;
  }

  private static Verdict wrongPassword() {
    return Verdict.refused(Protocol.WRONG_PASSWORD, "wrong password");
  }
}

package slipway.services.world;

import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.Accounts;
import slipway.account.LogIn;
import slipway.account.Origin;
import slipway.data.DatabaseAway;

/** Compares passwords, which takes a while. A name that is not known is registered. */
final class Passwords {

  private final Accounts accounts;

  Passwords(Accounts accounts) {
    this.accounts = accounts;
  }

  /**
   * Logs a user in; blocks.
   *
   * @throws Exception what has gone wrong, other than that the log-in was refused
   */
  Verdict compare(AccountName name, byte[] password, Origin origin) throws Exception {
    try {
      return switch (Blocking.await(accounts.logIn(name, password, true, origin))) {
        case LogIn.Entered entered ->
            Verdict.entered(entered.account().id(), entered.account().name().toString());
        case LogIn.Banned banned ->
            Verdict.refused(
                Protocol.BANNED,
                "banned until " + banned.ban().until() + ": " + banned.ban().reason());
        case LogIn.WrongPassword wrong -> wrongPassword();
        case LogIn.Unknown unknown -> wrongPassword();
      };
    } catch (AccountException refused) {
      boolean away = refused.getCause() instanceof DatabaseAway;
      return Verdict.refused(away ? Protocol.AWAY : Protocol.BAD_NAME, refused.getMessage());
    }
  }

  private static Verdict wrongPassword() {
    return Verdict.refused(Protocol.WRONG_PASSWORD, "wrong password");
  }
}

package slipway.services.chat.store;

import java.util.concurrent.CompletionException;
import slipway.account.AccountException;
import slipway.data.DatabaseAway;

/** Why a stage failed, without what the stages between have wrapped around it. */
public final class Cause {

  private Cause() {}

  /**
   * The failure itself.
   *
   * @param failure as a stage tells it; null if it has not failed
   * @return null if it has not failed
   */
  public static Throwable of(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Whether what has failed so may work when the database is back. */
  public static boolean isAway(Throwable failure) {
    return failure instanceof DatabaseAway
        || failure instanceof TooManyWait
        || failure instanceof AccountException && failure.getCause() instanceof DatabaseAway;
  }
}

package slipway.services.chat.store;

import java.util.concurrent.CompletionException;

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
}

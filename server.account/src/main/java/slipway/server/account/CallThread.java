package slipway.server.account;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.AccountException;
import slipway.account.Origin;
import slipway.data.DatabaseAway;
import slipway.server.account.password.Secret;

/**
 * Takes calls into the accounts' own thread, and answers each with its value or with a refusal that
 * a user may read. What failed in the host is only logged.
 */
final class CallThread {

  private static final Logger LOG = LoggerFactory.getLogger(CallThread.class);

  private final Executor thread;
  private final Calls calls;
  private final IntSupplier share;

  /** How a call begins, in the accounts' own thread. */
  @FunctionalInterface
  interface Beginning<T> {
    CompletableFuture<T> begin() throws AccountException;
  }

  /**
   * Makes what takes calls.
   *
   * @param share how many calls with a password an address may have open
   */
  CallThread(Executor thread, Calls calls, IntSupplier share) {
    this.thread = thread;
    this.calls = calls;
    this.share = share;
  }

  /** Takes a call of the host's own. From any thread. */
  <T> CompletionStage<T> call(Beginning<T> beginning) {
    return call(Origin.HOST, beginning);
  }

  /**
   * Takes a call. From any thread.
   *
   * @param passwords what it brings, wiped when it is answered
   */
  <T> CompletionStage<T> call(Origin origin, Beginning<T> beginning, Secret... passwords) {
    try {
      Calls.Call<T> call = calls.open(origin, share.getAsInt(), passwords);
      thread.execute(() -> begin(call, beginning));
      return call.answer().minimalCompletionStage();
    } catch (AccountException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  private <T> void begin(Calls.Call<T> call, Beginning<T> beginning) {
    try {
      beginning
          .begin()
          .whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  call.complete(value);
                } else {
                  call.fail(refusal(failure));
                }
              });
    } catch (AccountException refused) {
      call.fail(refused);
    } catch (RuntimeException failed) {
      call.fail(refusal(failed));
    }
  }

  /** What made a stage fail, without the stages' wrappers. */
  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static AccountException refusal(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof PasswordChange.Raced raced) {
      return new AccountException(raced.getMessage());
    }
    if (cause instanceof AccountException refused) {
      return refused;
    }
    if (cause instanceof DatabaseAway) {
      return new AccountException("the database of users is away, try again later", cause);
    }
    if (cause instanceof SQLException statement) {
      // not the message: databases repeat the values of a row in it, and so the password's hash
      LOG.error(
          "a statement on accounts failed: {}, SQLState {}, code {}",
          statement.getClass().getName(),
          statement.getSQLState(),
          statement.getErrorCode());
    } else {
      LOG.error("a call of accounts failed", cause);
    }
    return new AccountException("that failed in the host; its log says why");
  }
}

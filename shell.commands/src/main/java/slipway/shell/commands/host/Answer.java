package slipway.shell.commands.host;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import slipway.account.AccountException;
import slipway.command.CommandException;
import slipway.data.DatabaseAway;

/** The accounts' answers, waited for in the thread of a command. */
final class Answer {

  /** More than a statement may take, so that the database reports a late one first. */
  private static final int SECONDS = 60;

  private Answer() {}

  /**
   * Waits for an answer.
   *
   * @param verb the verb of {@code users} that asks, for the message
   * @throws CommandException if it fails, or does not come in time
   */
  static <T> T await(String verb, CompletionStage<T> answer)
      throws CommandException, InterruptedException {
    String command = "users " + verb + ": ";
    try {
      return answer.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new CommandException(
          command + "no answer after " + SECONDS + "s; it may still be done", late);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof AccountException && cause.getCause() instanceof DatabaseAway away) {
        throw new CommandException(command + away.getMessage(), failed);
      }
      throw new CommandException(command + cause.getMessage(), failed);
    }
  }
}

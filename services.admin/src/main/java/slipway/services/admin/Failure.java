package slipway.services.admin;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.apache.felix.gogo.runtime.CommandNotFoundException;

/** Why a command failed, in one line. */
final class Failure {

  private static final int MAX_LENGTH = 1000;

  private Failure() {}

  static String message(Throwable failure) {
    String line =
        describe(failure)
            .replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ")
            .replaceAll("\\p{Cf}", "?") // such as what turns the direction of a terminal's text
            .strip();
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }

  private static String describe(Throwable failure) {
    if (failure instanceof CommandNotFoundException unknown) {
      return "unknown command: " + unknown.getCommand() + "; try: help";
    }
    if (failure instanceof ExecutionException && failure.getCause() != null) {
      return describe(failure.getCause());
    }
    if (failure instanceof InterruptedException
        || failure instanceof InterruptedIOException
        || failure instanceof ClosedByInterruptException
        || failure instanceof RejectedExecutionException) { // by a session that is closed
      return "interrupted";
    }
    if (failure instanceof StackOverflowError) {
      return "the command line is nested too deeply";
    }
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}

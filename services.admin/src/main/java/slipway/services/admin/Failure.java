package slipway.services.admin;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.apache.felix.gogo.runtime.CommandNotFoundException;

/** Why a command failed, in one line. */
final class Failure {

  private static final int MAX_LENGTH = 1000;

  private Failure() {}

  /** Failures that show a fault of a command, and not of its caller. */
  private static final List<Class<? extends Throwable>> DEFECTS =
      List.of(
          ClassCastException.class,
          ConcurrentModificationException.class,
          IndexOutOfBoundsException.class,
          LinkageError.class,
          NoSuchElementException.class,
          NullPointerException.class,
          UnsupportedOperationException.class);

  /** Whether a command has a fault, which its message alone would not tell. */
  static boolean isDefect(Throwable failure) {
    return DEFECTS.stream().anyMatch(type -> type.isInstance(failure));
  }

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
    if (isDefect(failure)) {
      return "the command is at fault: " + failure + "; the log has more";
    }
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}

package slipway.launcher;

/** The one line of an exception that tells an operator what to do. */
final class Reason {

  private Reason() {}

  /** The message of the deepest cause; for a bundle that does not resolve, what it misses. */
  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return cause.getClass().getName();
    }
    String line = message.strip().lines().findFirst().orElse("").strip();
    int details = line.indexOf(" Unresolved requirements:");
    return details > 0 ? line.substring(0, details) : line;
  }
}

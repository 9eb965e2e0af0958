package slipway.launcher;

/** Ends the process with an exit code, after one line that tells an operator why. */
final class LaunchException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  LaunchException(int exitCode, String message) {
    this(exitCode, message, null);
  }

  /** The same with what was in the way; null for nothing. */
  LaunchException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}

package slipway.launcher;

/** What the process says to the shell that started it. */
final class ExitCode {

  static final int OK = 0;

  /** A command, or the host itself, failed; the reason is on standard error. */
  static final int FAILED = 1;

  /** {@code status}: no host runs; the code that init scripts use. */
  static final int NOT_RUNNING = 3;

  /** Wrong arguments; {@code EX_USAGE} of sysexits. */
  static final int USAGE = 64;

  /** A command for the host, and no host runs; {@code EX_UNAVAILABLE} of sysexits. */
  static final int UNAVAILABLE = 69;

  private ExitCode() {}
}

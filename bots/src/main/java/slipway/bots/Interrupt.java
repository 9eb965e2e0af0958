package slipway.bots;

import java.util.concurrent.CompletableFuture;

/**
 * Ctrl-C, or another request to end: the process is kept until the report is printed, and ends with
 * the exit code that the report has.
 */
final class Interrupt implements AutoCloseable {

  private final CompletableFuture<Void> happened = new CompletableFuture<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Thread hook = new Thread(this::end, "bots-interrupt");

  private Interrupt() {}

  /** From now on it is noticed. */
  static Interrupt expect() {
    Interrupt interrupt = new Interrupt();
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  private void end() {
    happened.complete(null);
    Runtime.getRuntime().halt(exitCode.join());
  }

  /** Completes when it happens. */
  CompletableFuture<Void> happened() {
    return happened;
  }

  /** All is said; gives the exit code back. */
  int ends(int code) {
    exitCode.complete(code);
    return code;
  }

  /** From now on the process ends at once. */
  @Override
  public void close() {
    exitCode.complete(1);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // it has happened, and ends the process with the exit code
    }
  }
}

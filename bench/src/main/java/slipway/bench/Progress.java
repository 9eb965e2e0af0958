package slipway.bench;

import java.io.PrintStream;

/** One line that says what is being done; in a terminal it is overwritten by the next one. */
final class Progress {

  private final PrintStream out;
  private final boolean terminal;
  private final long startedAt = System.nanoTime();

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Tells what is done now. */
  void tell(String what) {
    long seconds = (System.nanoTime() - startedAt) / 1_000_000_000;
    String line = String.format("[%2d:%02d] %s", seconds / 60, seconds % 60, what);
    out.print(terminal ? "\r\033[K" + line : line + "\n");
    out.flush();
  }

  /** Tells what stays to be read. */
  void done(String what) {
    tell(what);
    if (terminal) {
      out.println();
    }
  }
}

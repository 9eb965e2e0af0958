package slipway.shell.commands.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import slipway.command.Text;
import slipway.config.Durations;
import slipway.dump.Dump;
import slipway.dump.Dumpable;

/**
 * The text of one part of a dump: a line for each line, two blanks deeper for each branch. The part
 * writes it in a thread of its own, so that a part that does not end holds nobody up.
 */
final class DumpedPart {

  private static final String DEEPER = "  ";

  private final List<String> lines = new ArrayList<>();
  private boolean over;

  private DumpedPart() {}

  /**
   * Lets a part describe itself.
   *
   * @param limit how long it may take
   * @return lines, each with its end; if the description is not complete, the last line says why
   */
  static String of(Dumpable part, Duration limit) throws InterruptedException {
    DumpedPart text = new DumpedPart();
    text.add(part.title());
    Thread writer = Thread.ofVirtual().start(() -> text.write(part));
    try {
      if (!writer.join(limit)) {
        text.end(DEEPER + "... cut off after " + Durations.format(limit));
      }
    } finally {
      writer.interrupt();
    }
    return text.end("");
  }

  private void write(Dumpable part) {
    try {
      part.dump(new Branch(DEEPER));
    } catch (Exception | LinkageError failed) {
      add(DEEPER + "... failed: " + failed);
    }
  }

  private synchronized void add(String line) {
    if (!over) {
      lines.add(Text.line(line));
    }
  }

  /** Nothing is added after this last line, which is left out if it is empty. */
  private synchronized String end(String last) {
    if (!last.isEmpty()) {
      add(last);
    }
    over = true;
    return String.join("\n", lines) + "\n";
  }

  private final class Branch implements Dump {
    private final String indent;

    Branch(String indent) {
      this.indent = indent;
    }

    @Override
    public Dump line(String text) {
      add(indent + text);
      return new Branch(indent + DEEPER);
    }
  }
}

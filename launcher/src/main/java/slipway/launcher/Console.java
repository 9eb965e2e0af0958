package slipway.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * A person at a terminal who gives a host commands. The commands go through the admin socket, also
 * in the host's own process, so that there is one way and one behaviour.
 *
 * <p>{@link #run} is one thread's; {@link #close} may be called by another one and ends it.
 */
final class Console implements Closeable {

  private static final String PROMPT = "slipway> ";

  private final Home home;
  private final Terminal terminal;
  private final LineReader reader;
  private final boolean dumb;
  private final Runnable giveSignalBack;
  private volatile AdminClient client;
  private volatile boolean closed;

  Console(Home home) throws IOException {
    this.home = home;
    home.unpackNativesOf("jline.tmpdir");
    this.terminal = TerminalBuilder.builder().name("slipway").system(true).build();
    this.dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
    // of such a terminal JLine leaves Ctrl-C to Java, which would end the process
    this.giveSignalBack =
        dumb ? Signals.handle("INT", arrival -> terminal.raise(Terminal.Signal.INT)) : () -> {};
    this.reader =
        LineReaderBuilder.builder()
            .appName("slipway")
            .terminal(terminal)
            .completer(this::complete)
            .variable(LineReader.HISTORY_FILE, home.history())
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  /** A stream whose lines appear above the prompt, for what others print meanwhile. */
  PrintStream above() {
    return new PrintStream(new LineStream(reader::printAbove), true, StandardCharsets.UTF_8);
  }

  /** Shows what a person should know first. */
  void greet(String line) {
    print(line + System.lineSeparator());
  }

  /** Takes commands until the input ends, the host ends, or this is closed. */
  void run() {
    while (!closed) {
      try {
        String line = read(reader, PROMPT, null).strip();
        if (!line.isEmpty() && !execute(line)) {
          return;
        }
      } catch (UserInterruptException cleared) {
        if (dumb) {
          print(System.lineSeparator()); // elsewhere the reader begins a new line
        }
      } catch (EndOfFileException end) {
        return;
      }
    }
  }

  /**
   * Waits for a line; on a dumb terminal JLine does not do what Ctrl-C asks for.
   *
   * @param mask what is shown in place of what is typed; null for that itself
   * @throws UserInterruptException at Ctrl-C
   */
  private String read(LineReader from, String prompt, Character mask) {
    if (!dumb) {
      return from.readLine(prompt, mask);
    }
    Thread reading = Thread.currentThread();
    Terminal.SignalHandler before =
        terminal.handle(Terminal.Signal.INT, signal -> reading.interrupt());
    try {
      return from.readLine(prompt, mask);
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
      Thread.interrupted(); // one that came with the line is not the next command's
    }
  }

  /**
   * Executes a command; Ctrl-C abandons it by closing the connection.
   *
   * @return false if the host is gone
   */
  private boolean execute(String line) {
    Abandon abandon = new Abandon();
    Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, abandon);
    try {
      Reply reply = connected().execute(line, this::print, this::answer, Optional.of(this::tell));
      if (!reply.succeeded()) {
        error("Error: " + reply.error());
      }
      return true;
    } catch (IllegalArgumentException notSent) {
      error("Error: " + notSent.getMessage());
      return true;
    } catch (IOException e) {
      disconnect();
      if (abandon.done) {
        error("abandoned");
        return true;
      }
      if (e instanceof SilentHostException) {
        error("Error: " + e.getMessage());
        return true;
      }
      if (!closed) {
        error("the host has ended the connection");
      }
      return reconnects();
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
  }

  /** Asks the person. The answer is not kept, and a secret is not shown. */
  private Optional<String> answer(Question question) throws IOException {
    if (question.kind() == Question.Kind.SECRET && dumb) {
      return Optional.empty(); // it cannot hide what is typed
    }
    LineReader asking =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.DISABLE_HISTORY, true)
            .build();
    try {
      String prompt = question.text() + " ";
      return Optional.of(
          read(asking, prompt, question.kind() == Question.Kind.ANSWER ? null : '\0'));
    } catch (EndOfFileException nothing) {
      return Optional.empty();
    } catch (UserInterruptException abandoned) {
      terminal.raise(Terminal.Signal.INT); // as while a command runs
      throw new IOException(abandoned);
    }
  }

  private void complete(LineReader from, ParsedLine line, List<Candidate> candidates) {
    try {
      connected()
          .complete(line.line().substring(0, line.cursor()))
          .forEach(word -> candidates.add(candidate(word)));
    } catch (IOException | IllegalArgumentException e) {
      // no help then; the next command says why
      disconnect();
    }
  }

  /** A folder is not the end of a word. */
  private static Candidate candidate(String word) {
    return new Candidate(word, word, null, null, null, null, !word.endsWith("/"));
  }

  private AdminClient connected() throws IOException {
    AdminClient open = client;
    if (open == null) {
      open = AdminClient.connect(home.adminSocket());
      client = open;
    }
    return open;
  }

  private boolean reconnects() {
    try {
      connected();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void disconnect() {
    AdminClient open = client;
    client = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // it is of no use any more
      }
    }
  }

  private void print(String text) {
    terminal.writer().print(text);
    terminal.flush();
  }

  private void tell(String what) {
    print("slipway: " + what + System.lineSeparator());
  }

  private void error(String line) {
    new AttributedString(line, AttributedStyle.DEFAULT.foreground(AttributedStyle.RED))
        .println(terminal);
    terminal.flush();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    disconnect();
    terminal.close();
    giveSignalBack.run();
  }

  /** What Ctrl-C does while a command runs. */
  private final class Abandon implements Terminal.SignalHandler {
    private volatile boolean done;

    @Override
    public void handle(Terminal.Signal signal) {
      done = true;
      disconnect();
    }
  }
}

package slipway.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Gives commands to the host that runs. */
final class Remote {

  /** More than the host takes; a quote that is never closed need not be read to its end. */
  private static final int LONGEST = 64 * 1024;

  /** About what the largest heaps take to be written. */
  private static final Duration HEAP = Duration.ofMinutes(30);

  private final Home home;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean person;

  /**
   * Makes one that is not connected yet.
   *
   * @param person whether a person reads what goes to {@code err}, who is told what a command waits
   *     for
   */
  Remote(Home home, PrintStream out, PrintStream err, boolean person) {
    this.person = person;
    this.home = home;
    this.out = out;
    this.err = err;
  }

  /**
   * Executes one command.
   *
   * @param words the command and its arguments
   * @param directory where the caller is: what files in the arguments count from
   * @param limit how long it may take; empty for as long as the host says that it lives
   */
  int execute(List<String> words, Path directory, Optional<Duration> limit)
      throws IOException, LaunchException {
    StandardInput input = new StandardInput(Surface.current(), standardInput());
    try (AdminClient client = connect(silence(words), limit)) {
      return execute(
          client,
          Optional.of(directory),
          GogoQuoting.line(words),
          input,
          person ? Optional.of(this::tell) : Optional.empty());
    }
  }

  /**
   * How long the host may say nothing. It stands still while its heap is written; and if its
   * threads are wanted, it may well be frozen.
   */
  private static Duration silence(List<String> words) {
    String line = String.join(" ", words).strip();
    return line.matches("dump (heap|all)\\b.*")
        ? HEAP
        : FrozenHost.isMeant(words) ? FrozenHost.SILENCE : Patience.SILENCE;
  }

  private void tell(String what) {
    err.println("slipway: " + what);
    err.flush();
  }

  /** Reads commands from a person, or from standard input if there is none. */
  int console(Surface surface) throws IOException, LaunchException {
    connect().close();
    if (surface != Surface.TERMINAL) {
      return script();
    }
    try (Console console = new Console(home)) {
      console.greet("Ctrl-D leaves the console; the host keeps running.");
      console.run();
    }
    return ExitCode.OK;
  }

  private int script() throws IOException, LaunchException {
    int exitCode = ExitCode.OK;
    BufferedReader in = standardInput();
    Question.Answerer answerer = new StandardInput(Surface.STREAM, in);
    try (AdminClient client = connect()) {
      for (String line = command(in); line != null; line = command(in)) {
        if (!line.isBlank()) {
          exitCode =
              Math.max(
                  exitCode,
                  execute(client, Optional.empty(), line.strip(), answerer, Optional.empty()));
        }
      }
    }
    return exitCode;
  }

  /** The next command: a line, or several with a quoted text that goes over their ends. */
  private static String command(BufferedReader in) throws IOException {
    String first = in.readLine();
    if (first == null) {
      return null;
    }
    StringBuilder command = new StringBuilder(first);
    while (command.length() < LONGEST && OpenQuote.isIn(command.toString())) {
      String next = in.readLine();
      if (next == null) {
        break; // the host says what is wrong
      }
      command.append('\n').append(next);
    }
    return command.toString();
  }

  private static BufferedReader standardInput() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  private int execute(
      AdminClient client,
      Optional<Path> directory,
      String line,
      Question.Answerer answerer,
      Optional<Consumer<String>> waits)
      throws IOException, LaunchException {
    Reply reply;
    try {
      reply = client.execute(directory, line, this::print, answerer, waits);
    } catch (UncheckedIOException nobodyReads) {
      return ExitCode.OK; // as in "… | head": what is wrong with a file, Main says
    } catch (SilentHostException silent) {
      throw new LaunchException(
          ExitCode.FAILED, Reason.brief(line) + ": " + silent.getMessage(), silent);
    } catch (IllegalArgumentException notSent) {
      reply = new Reply(notSent.getMessage());
    }
    if (reply.succeeded()) {
      return ExitCode.OK;
    }
    err.println("Error: " + reply.error());
    err.flush();
    return ExitCode.FAILED;
  }

  /** An endless text is abandoned once nobody reads it, as in {@code … | head}. */
  private void print(String text) {
    out.print(text);
    if (out.checkError()) {
      throw new UncheckedIOException(new IOException("standard output is closed"));
    }
  }

  private AdminClient connect() throws IOException, LaunchException {
    return connect(Patience.SILENCE, Optional.empty());
  }

  private AdminClient connect(Duration silence, Optional<Duration> limit)
      throws IOException, LaunchException {
    try {
      return AdminClient.connect(home.adminSocket(), silence, limit);
    } catch (IOException e) {
      throw new LaunchException(
          ExitCode.UNAVAILABLE,
          HostLock.isHeld(home)
              ? "the host in " + home.root() + " does not answer on " + home.adminSocket()
              : "no host runs in " + home.root(),
          e);
    }
  }
}

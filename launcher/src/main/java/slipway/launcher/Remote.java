package slipway.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Gives commands to the host that runs. */
final class Remote {

  private final Home home;
  private final PrintStream out;
  private final PrintStream err;

  Remote(Home home, PrintStream out, PrintStream err) {
    this.home = home;
    this.out = out;
    this.err = err;
  }

  /**
   * Executes one command.
   *
   * @param words the command and its arguments
   * @param directory where the caller is: what files in the arguments count from
   */
  int execute(List<String> words, Path directory) throws IOException, LaunchException {
    try (AdminClient client = connect()) {
      String line = GogoQuoting.line(FileArguments.absolute(words, directory));
      return execute(client, line, Surface.current() == Surface.TERMINAL);
    }
  }

  /** Reads commands from a person, or from standard input where there is none. */
  int console(Surface surface) throws IOException, LaunchException {
    connect().close();
    if (surface != Surface.TERMINAL) {
      return script();
    }
    try (Console console = new Console(home)) {
      console.greet("Ctrl-D leaves; the host goes on.");
      console.run();
    }
    return ExitCode.OK;
  }

  private int script() throws IOException, LaunchException {
    int exitCode = ExitCode.OK;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (AdminClient client = connect()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          exitCode = Math.max(exitCode, execute(client, line.strip(), false));
        }
      }
    }
    return exitCode;
  }

  private int execute(AdminClient client, String line, boolean asks) throws IOException {
    Reply reply;
    try {
      reply = client.execute(line, this::print);
    } catch (UncheckedIOException nobodyReads) {
      return ExitCode.FAILED;
    }
    if (reply.succeeded()) {
      return ExitCode.OK;
    }
    Optional<Confirmation> unconfirmed = Confirmation.of(reply);
    if (asks && unconfirmed.isPresent()) {
      String answer = System.console().readLine("%s", unconfirmed.get().question());
      return Confirmation.isYes(answer)
          ? execute(client, unconfirmed.get().command(), false)
          : ExitCode.FAILED;
    }
    err.println("Error: " + reply.error());
    err.flush();
    return ExitCode.FAILED;
  }

  /** A text without an end is given up once nobody reads it, as in {@code … | head}. */
  private void print(String text) {
    out.print(text);
    if (out.checkError()) {
      throw new UncheckedIOException(new IOException("standard output is closed"));
    }
  }

  private AdminClient connect() throws IOException, LaunchException {
    try {
      return AdminClient.connect(home.adminSocket());
    } catch (IOException e) {
      throw new LaunchException(
          ExitCode.UNAVAILABLE,
          HostLock.isHeld(home)
              ? "the host in " + home.root() + " does not answer on " + home.adminSocket()
              : "no host runs in " + home.root());
    }
  }
}

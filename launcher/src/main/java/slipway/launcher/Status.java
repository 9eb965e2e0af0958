package slipway.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says whether a host runs, and how it came up. */
final class Status {

  /** How long a host may take to say anything at all. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** How lines begin that tell of what works and could be better. */
  private static final String WARNING = "warning: ";

  private final Home home;
  private final PrintStream out;

  Status(Home home, PrintStream out) {
    this.home = home;
    this.out = out;
  }

  int run() throws IOException, LaunchException {
    Optional<ProcessHandle> host = HostLock.holder(home);
    if (host.isEmpty()) {
      out.println("no host runs in " + home.root());
      tellOfDumps();
      out.flush();
      return ExitCode.NOT_RUNNING;
    }
    String uptime =
        host.get()
            .info()
            .startInstant()
            .map(start -> Duration.between(start, Instant.now()))
            .filter(up -> !up.isNegative()) // the clock was set back meanwhile
            .map(up -> ", up " + Limit.format(up))
            .orElse("");
    out.println("a host runs in " + home.root() + " (pid " + host.get().pid() + uptime + ")");
    Optional<List<String>> started = started();
    List<String> lines = started.isPresent() ? started.get() : List.of(notReady());
    boolean answers = true;
    try {
      Optional<List<String>> problems = problems();
      if (started.isPresent() && problems.isPresent()) {
        lines = with(lines, problems.get());
      }
    } catch (SilentHostException frozen) {
      answers = false;
    }
    lines.forEach(out::println);
    tellOfDumps();
    if (!answers) {
      out.println(
          "the host does not answer within "
              + Limit.format(ANSWER)
              + ": it is frozen or overloaded; bin/slipway stop ends it in any case");
    }
    out.flush();
    return answers ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Those that no operator has seen, until one says so. */
  private void tellOfDumps() {
    Scene.dumps(home).unseen().forEach(dump -> out.println("dump: " + Scene.told(dump)));
  }

  /**
   * What is wrong now; empty if the host cannot be asked, as it is starting or has no admin socket.
   *
   * @throws SilentHostException if it says nothing
   */
  private Optional<List<String>> problems() throws SilentHostException {
    StringBuilder text = new StringBuilder();
    try (AdminClient client = AdminClient.connect(home.adminSocket(), ANSWER, Optional.empty())) {
      return client.execute("problems", text::append).succeeded()
          ? Optional.of(text.toString().lines().toList())
          : Optional.empty();
    } catch (SilentHostException frozen) {
      throw frozen;
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  /** What the host said when it was ready, with what is wrong now in place of what was then. */
  private static List<String> with(List<String> started, List<String> problems) {
    return Stream.concat(
            started.stream()
                .filter(line -> line.equals(started.getFirst()) || line.startsWith(WARNING)),
            problems.stream())
        .toList();
  }

  /** What the host said when it was ready; empty if it has not said it. */
  private Optional<List<String>> started() throws IOException {
    try {
      List<String> lines = Files.readAllLines(home.readyFile());
      return Optional.of(lines.subList(Math.min(1, lines.size()), lines.size()));
    } catch (NoSuchFileException notThere) {
      return Optional.empty();
    }
  }

  private String notReady() throws IOException {
    return home.lockFile().isHeld()
        ? "starting"
        : "var/run was deleted while it ran, with its admin socket: it takes no commands; end "
            + "it with bin/slipway stop, and start it again";
  }
}

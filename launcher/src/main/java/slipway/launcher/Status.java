package slipway.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says whether a host runs, and how it came up. */
final class Status {

  /** How long a host may take to say anything at all. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

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
    readiness().forEach(out::println);
    boolean answers = answers();
    if (!answers) {
      out.println(
          "it does not answer within "
              + Limit.format(ANSWER)
              + ": it is frozen or overloaded; bin/slipway stop ends it in any case");
    }
    out.flush();
    return answers ? ExitCode.OK : ExitCode.FAILED;
  }

  /** A host that is starting, or that has no admin socket, is not asked. */
  private boolean answers() {
    try (AdminClient client = AdminClient.connect(home.adminSocket(), ANSWER, Optional.empty())) {
      client.execute("", text -> {});
      return true;
    } catch (SilentHostException frozen) {
      return false;
    } catch (IOException notThere) {
      return true;
    }
  }

  private List<String> readiness() throws IOException {
    try {
      List<String> lines = Files.readAllLines(home.readyFile());
      return lines.isEmpty() || !lines.get(0).equals("ok") ? lines : lines.subList(1, lines.size());
    } catch (NoSuchFileException notThere) {
      return List.of(
          home.lockFile().isHeld()
              ? "starting"
              : "var/run was deleted while it ran, with its admin socket: it takes no commands; end"
                  + " it by bin/slipway stop, and start it anew");
    }
  }
}

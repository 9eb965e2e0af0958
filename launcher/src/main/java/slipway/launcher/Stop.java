package slipway.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import slipway.dump.kept.KeptDump;

/**
 * Ends a host: asks it to shut down and, after the timeout, has the operating system end it.
 *
 * <pre>
 *  shutdown --timeout D ──ended──────────────────────────────▶ gone
 *        └─ D + GRACE over, or silence ─▶ dump ─▶ SIGTERM ──ended──▶ gone
 *                                                    └─ GRACE over ─▶ SIGKILL ─▶ gone
 * </pre>
 *
 * <p>A host that could not be asked is dumped before SIGKILL.
 */
final class Stop {

  private static final String DEFAULT_TIMEOUT = "10s";

  /**
   * A little more than the longest time a host takes that does not answer and has to stop its
   * bundles.
   */
  private static final Duration GRACE = Host.STOP_LIMIT.plus(ShutdownRequest.ANSWER).plusSeconds(2);

  /** How long a host that is asked to shut down may be silent; one that lives says something. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /**
   * How long the process of a host that has stopped in order may still take: Java writes its class
   * archive then, which a busy machine makes slow.
   */
  private static final Duration EXIT = Duration.ofSeconds(60);

  private static final String SILENT = "it has said nothing for ";

  private static final Duration KILL = Duration.ofSeconds(10);

  /** How long after a process has ended its parent may notice that; not all parents do. */
  private static final Duration REAP = Duration.ofMillis(100);

  /**
   * Why a host has not ended.
   *
   * @param why one line
   */
  private record Failure(Kind kind, String why) {
    private enum Kind {
      /** It was not asked, or knows no such command. */
      UNREACHED,
      /** It says nothing. */
      SILENT,
      /** It says something, and does not end. */
      LATE
    }
  }

  private final Home home;
  private final PrintStream out;
  private final PrintStream err;
  private final Duration grace;

  Stop(Home home, PrintStream out, PrintStream err) {
    this(home, out, err, GRACE);
  }

  Stop(Home home, PrintStream out, PrintStream err, Duration grace) {
    this.home = home;
    this.out = out;
    this.err = err;
    this.grace = grace;
  }

  int run(List<String> args) throws IOException, LaunchException {
    String timeout = timeout(args);
    Duration limit = Limit.parse("--timeout", timeout);
    Optional<ProcessHandle> found = HostLock.holder(home);
    if (found.isEmpty()) {
      return say("no host runs in " + home.root());
    }
    ProcessHandle host = found.get();
    String pid = " (pid " + host.pid() + ")";
    Optional<Failure> failure = shutDown(host, timeout, limit.plus(grace));
    if (failure.isEmpty()) {
      return say("stopped" + pid);
    }
    boolean hangs = failure.get().kind() != Failure.Kind.UNREACHED;
    if (hangs) {
      dump(host, failure.get().why(), failure.get().kind() == Failure.Kind.LATE);
    }
    warn(failure.get().why() + "; sending SIGTERM" + pid);
    host.destroy();
    resume(host);
    if (ends(host, grace)) {
      return say("stopped by SIGTERM" + pid);
    }
    String late = "the host did not end within " + Limit.format(grace);
    if (!hangs) {
      dump(host, late, false);
    }
    warn(late + "; sending SIGKILL" + pid);
    host.destroyForcibly();
    if (ends(host, KILL)) {
      return say("killed" + pid);
    }
    throw new LaunchException(ExitCode.FAILED, "the host cannot be killed" + pid);
  }

  /** Keeps what shows why a host hangs; it is ended all the same if that fails. */
  private void dump(ProcessHandle host, String why, boolean answers) {
    try {
      KeptDump dump = new HungHost(home).of(host, "the host did not stop in time: " + why, answers);
      warn(Scene.told(dump));
    } catch (IOException failed) {
      warn("there is no dump of that: " + Reason.of(failed));
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** A process that was suspended takes the signal only when it runs again. */
  private static void resume(ProcessHandle host) {
    try {
      new ProcessBuilder("kill", "-CONT", Long.toString(host.pid()))
          .redirectErrorStream(true)
          .start();
    } catch (IOException noSuchProgram) {
      // SIGKILL does not need it
    }
  }

  private static String timeout(List<String> args) throws LaunchException {
    if (args.isEmpty()) {
      return DEFAULT_TIMEOUT;
    }
    if (args.size() == 2 && args.get(0).equals("--timeout")) {
      return args.get(1);
    }
    if (args.size() == 1 && args.get(0).startsWith("--timeout=")) {
      return args.get(0).substring("--timeout=".length());
    }
    throw new LaunchException(
        ExitCode.USAGE, "stop " + String.join(" ", args) + ": allowed is --timeout DURATION");
  }

  private int say(String line) {
    out.println(line);
    out.flush();
    return ExitCode.OK;
  }

  private void warn(String line) {
    err.println("slipway: " + line);
    err.flush();
  }

  /**
   * Asks the host to shut down, and waits until it has ended.
   *
   * @return why it has not; empty if it has
   */
  private Optional<Failure> shutDown(ProcessHandle host, String timeout, Duration limit)
      throws IOException {
    AdminClient client;
    try {
      client = AdminClient.connect(home.adminSocket(), SILENCE, Optional.empty());
    } catch (IOException e) {
      return Optional.of(
          new Failure(
              e instanceof SilentHostException ? Failure.Kind.SILENT : Failure.Kind.UNREACHED,
              "the host's admin socket does not answer"));
    }
    try (client) {
      CompletableFuture<Reply> reply =
          CompletableFuture.supplyAsync(() -> ask(client, "shutdown --timeout " + timeout));
      if (ends(host, limit, () -> reply.isDone() && !reply.join().succeeded())) {
        return Optional.empty();
      }
      return Optional.of(
          reply.isDone() && !reply.join().succeeded()
              ? new Failure(
                  reply.join().error().startsWith(SILENT)
                      ? Failure.Kind.SILENT
                      : Failure.Kind.UNREACHED,
                  "the host does not shut down: " + reply.join().error())
              : new Failure(
                  Failure.Kind.LATE, "the host did not end within " + Limit.format(limit)));
    }
  }

  /** Leaves as soon as the reply is there: the host waits a moment for operators to go. */
  private Reply ask(AdminClient client, String line) {
    try (client) {
      return client.execute(
          line,
          text -> {
            out.print(text);
            out.flush();
          });
    } catch (SilentHostException frozen) {
      return new Reply(SILENT + Limit.format(SILENCE));
    } catch (IOException connectionEnded) {
      // the process shows whether the host ends, too
      return Reply.SUCCESS;
    }
  }

  private boolean ends(ProcessHandle host, Duration limit) throws IOException {
    return ends(host, limit, () -> false);
  }

  /**
   * Waits for the end of the host, which is no child of this process, so it has to be polled. The
   * lock shows that a process is dead even if nobody has reaped it.
   */
  private boolean ends(ProcessHandle host, Duration limit, BooleanSupplier hopeless)
      throws IOException {
    long begun = System.nanoTime();
    while (host.isAlive() && HostLock.isHeld(home)) {
      Duration allowed = HostLock.isTidied(home) ? limit.plus(EXIT) : limit;
      if (hopeless.getAsBoolean() || System.nanoTime() - begun > allowed.toNanos()) {
        return false;
      }
      Pause.briefly();
    }
    long reaped = System.nanoTime() + REAP.toNanos();
    while (host.isAlive() && System.nanoTime() < reaped) {
      Pause.briefly();
    }
    return true;
  }
}

package slipway.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import slipway.dump.kept.KeptDump;

/**
 * The command {@code dump threads} for a host that may be frozen. It is asked as for any command;
 * if it does not answer, its virtual machine is.
 */
final class FrozenHost {

  /** A host that lives says something every two seconds. */
  static final Duration SILENCE = Duration.ofSeconds(5);

  private final Home home;
  private final Remote remote;
  private final PrintStream out;
  private final PrintStream err;

  FrozenHost(Home home, Remote remote, PrintStream out, PrintStream err) {
    this.home = home;
    this.remote = remote;
    this.out = out;
    this.err = err;
  }

  /** Whether it is this command, in words or in one. */
  static boolean isMeant(List<String> words) {
    return String.join(" ", words).strip().matches("dump +threads");
  }

  /**
   * Has the threads written.
   *
   * @throws LaunchException if neither the host nor its virtual machine answers
   */
  int threads(List<String> words, Path directory, Optional<Duration> limit)
      throws IOException, LaunchException, InterruptedException {
    try {
      return remote.execute(words, directory, limit);
    } catch (LaunchException failed) {
      Optional<ProcessHandle> host = HostLock.holder(home);
      boolean silent = failed.getCause() instanceof SilentHostException;
      if (host.isEmpty() || !silent && failed.exitCode() != ExitCode.UNAVAILABLE) {
        throw failed;
      }
      err.println("slipway: the host does not answer; its virtual machine is asked");
      err.flush();
      return threads(host.get());
    }
  }

  private int threads(ProcessHandle host) throws LaunchException, InterruptedException {
    try {
      KeptDump dump = new HungHost(home).threadsOf(host);
      out.println("the threads are in var/dump/" + dump.name());
      out.flush();
      return ExitCode.OK;
    } catch (InterruptedException stop) {
      throw stop;
    } catch (Exception failed) {
      throw new LaunchException(
          ExitCode.FAILED,
          "dump threads: process " + host.pid() + ": " + Reason.of(failed),
          failed);
    }
  }
}

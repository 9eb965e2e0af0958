package slipway.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What {@code bin/slipway} calls, in the distribution's folder. */
public final class Main {

  private static final StandardOutput OUTPUT =
      new StandardOutput(new FileOutputStream(FileDescriptor.out));
  private static final PrintStream OUT = new PrintStream(OUTPUT, false, StandardCharsets.UTF_8);
  private static final PrintStream ERR = utf8(FileDescriptor.err);

  /** What Java makes of bytes that are no text in the locale, which the script sets. */
  private static final char NO_CHARACTER = '\ufffd';

  private Main() {}

  /**
   * Does what the first argument says, and exits.
   *
   * @param args a verb and its arguments
   */
  public static void main(String[] args) {
    int exitCode = exitCode(Arrays.asList(args));
    OUT.flush();
    Optional<String> lost = OUTPUT.failure();
    if (lost.isPresent()) {
      ERR.println("slipway: standard output cannot be written: " + lost.get());
      exitCode = Math.max(exitCode, ExitCode.FAILED);
    }
    System.exit(exitCode);
  }

  private static int exitCode(List<String> args) {
    try {
      return run(args);
    } catch (LaunchException e) {
      ERR.println("slipway: " + e.getMessage());
      return e.exitCode();
    } catch (InterruptedException e) {
      return ExitCode.FAILED;
    } catch (Exception e) {
      ERR.println("slipway: " + Reason.of(e));
      return ExitCode.FAILED;
    }
  }

  private static int run(List<String> args) throws Exception {
    Home home = Home.current();
    String verb = args.isEmpty() ? "" : args.get(0);
    List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
    switch (verb) {
      case "run":
        allowNothing(verb, rest);
        return new Host(home, Surface.current()).run();
      case "status":
        allowNothing(verb, rest);
        return new Status(home, OUT).run();
      case "stop":
        return new Stop(home, OUT, ERR).run(rest);
      case "console":
        allowNothing(verb, rest);
        return remote(home).console(Surface.current());
      case "exec":
        Optional<Duration> limit = Optional.empty();
        if (!rest.isEmpty() && rest.get(0).startsWith("--timeout=")) {
          limit = Optional.of(Limit.parse("--timeout", rest.get(0).substring(10)));
          rest = rest.subList(1, rest.size());
        } else if (rest.size() > 1 && rest.get(0).equals("--timeout")) {
          limit = Optional.of(Limit.parse("--timeout", rest.get(1)));
          rest = rest.subList(2, rest.size());
        }
        if (rest.isEmpty()) {
          throw new LaunchException(ExitCode.USAGE, "exec: a command is missing");
        }
        for (int i = 0; i < rest.size(); i++) {
          if (rest.get(i).indexOf(NO_CHARACTER) >= 0) {
            throw new LaunchException(
                ExitCode.USAGE,
                "word " + (i + 1) + " of the command is not UTF-8: nothing was sent");
          }
        }
        return FrozenHost.isMeant(rest)
            ? new FrozenHost(home, remote(home), OUT, ERR).threads(rest, directory(), limit)
            : remote(home).execute(rest, directory(), limit);
      default:
        throw new LaunchException(
            ExitCode.USAGE, "'" + verb + "': allowed is run, status, stop, console or exec");
    }
  }

  /** There is a person if standard error is a terminal, which the script checks. */
  private static Remote remote(Home home) {
    return new Remote(home, OUT, ERR, Boolean.getBoolean("slipway.person"));
  }

  /** Where the caller is; the script has left that folder, and says which it was. */
  private static Path directory() {
    return Path.of(System.getProperty("slipway.directory", "")).toAbsolutePath();
  }

  private static void allowNothing(String verb, List<String> rest) throws LaunchException {
    if (!rest.isEmpty()) {
      throw new LaunchException(
          ExitCode.USAGE, verb + " " + rest.get(0) + ": " + verb + " takes no arguments");
    }
  }

  /** Text leaves as UTF-8 in every locale, as it came from the host. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}

package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** The distribution in a folder of its own, with one acceptor; its host is ended with the test. */
final class UnpackedHost extends ExternalResource {

  private static final long PATIENCE_SECONDS = 120;
  private static final int LINES_OF_LOG = 50;

  /** The host's, as the script names it. */
  private static final Pattern PROCESS = Pattern.compile("\\(pid (\\d+)\\)");

  private final TemporaryFolder folder = new TemporaryFolder();
  private Path home;
  private int port;

  private final String place;

  UnpackedHost() {
    this("place");
  }

  /**
   * A distribution in a folder of that name.
   *
   * @param place the name
   */
  UnpackedHost(String place) {
    this.place = place;
  }

  record Result(int exit, String out, String err) {}

  @Override
  protected void before() throws Throwable {
    folder.create();
    Path place = Files.createDirectory(folder.getRoot().toPath().resolve(this.place));
    Process tar =
        new ProcessBuilder("tar", "-xzf", System.getProperty("slipway.archive"), "-C", "" + place)
            .inheritIO()
            .start();
    assertEquals(0, tar.waitFor());
    try (Stream<Path> unpacked = Files.list(place)) {
      home = unpacked.findFirst().orElseThrow();
    }
    ShortLife.prepare(home);
    port = FreePort.next();
    Files.writeString(home.resolve("conf/slipway.acceptor-main.cfg"), "port = " + port + "\n");
    Files.delete(home.resolve("conf/slipway.acceptor-double.cfg"));
    Files.delete(home.resolve("conf/slipway.acceptor-metrics.cfg"));
    Files.writeString(home.resolve("conf/slipway.service-chat.cfg"), "linger = 0s\n");
    // the users of a test all come from one address
    Files.writeString(
        home.resolve("conf/slipway.account.cfg"),
        "address.registrations = 100000\naddress.queue = 1000\n");
  }

  @Override
  protected void after() {
    try {
      Optional<ProcessHandle> host = process();
      run("stop", "--timeout", "1s");
      HostIT.eventually(
          "no process is left", false, () -> host.isPresent() && host.get().isAlive());
      ShortLife.ended(home);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    } finally {
      folder.delete();
    }
  }

  Path home() {
    return home;
  }

  int port() {
    return port;
  }

  /** Writes a file of the configuration. */
  void configure(String file, String text) throws IOException {
    Files.writeString(home.resolve("conf").resolve(file), text);
  }

  /** The jar of a service that ships. */
  Path shipped(String service) throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve("services"))) {
      return jars.filter(jar -> jar.getFileName().toString().contains(service))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The host's process; empty if none says that it is. */
  Optional<ProcessHandle> process() throws IOException {
    Path pid = home.resolve("var/run/host.pid");
    return Files.exists(pid)
        ? ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        : Optional.empty();
  }

  /** {@code bin/slipway} with arguments, and without input. */
  ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/slipway").toString()));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder.getRoot().toPath(), "out", "");
    Path err = Files.createTempFile(folder.getRoot().toPath(), "err", "");
    Process process =
        command(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertTrue(String.join(" ", arguments), process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    return new Result(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  /** What the process that a message names is doing, and the end of the host's log. */
  private String state(String message) throws IOException, InterruptedException {
    StringBuilder state = new StringBuilder(message);
    Matcher process = PROCESS.matcher(message);
    if (process.find()) {
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      Process threads =
          new ProcessBuilder(jcmd, process.group(1), "Thread.print")
              .redirectErrorStream(true)
              .start();
      state.append(new String(threads.getInputStream().readAllBytes(), UTF_8));
    }
    Path log = home.resolve("var/log/slipway.log");
    if (Files.exists(log)) {
      List<String> lines = Files.readAllLines(log);
      lines.stream()
          .skip(Math.max(0, lines.size() - LINES_OF_LOG))
          .forEach(line -> state.append(line).append('\n'));
    }
    return state.toString();
  }

  /** What a command prints that is to succeed. */
  String done(String... arguments) throws IOException, InterruptedException {
    Result result = run(arguments);
    if (result.exit() != 0) {
      throw new AssertionError(
          "%s ends with %d: %s"
              .formatted(
                  String.join(" ", arguments), result.exit(), state(result.out() + result.err())));
    }
    return result.out();
  }
}

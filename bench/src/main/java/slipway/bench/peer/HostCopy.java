package slipway.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A copy of the distribution, with ports of its own. */
public final class HostCopy implements Startable {

  private final Path home = Files.createTempDirectory("slipway-bench");
  private final int named = Host.freePort();
  private final int fixed = Host.freePort();

  /**
   * Copies the distribution to a temporary folder.
   *
   * @param javaOptions options of Java, beside those of the distribution
   */
  public HostCopy(Path distribution, String... javaOptions) throws IOException {
    Folders.copy(distribution, home);
    Files.write(home.resolve("conf/jvm.options"), List.of(javaOptions), StandardOpenOption.APPEND);
    Files.deleteIfExists(home.resolve("conf/slipway.acceptor-metrics.cfg"));
    Files.writeString(
        home.resolve("conf/slipway.acceptor-main.cfg"), "ip = 127.0.0.1\nport = " + named + "\n");
    Files.writeString(
        home.resolve("conf/slipway.acceptor-double.cfg"),
        "ip = 127.0.0.1\nservice = echo\nport = " + fixed + "\n");
  }

  /** Writes a file of configuration, in place of one that is there. */
  public HostCopy configure(String pid, String... lines) throws IOException {
    Files.write(home.resolve("conf/" + pid + ".cfg"), List.of(lines));
    return this;
  }

  /** Puts a service of the bench's own beside those that are shipped. */
  public HostCopy install(ServiceBundle bundle) throws IOException {
    bundle.make(home.resolve("services"));
    return this;
  }

  /** The acceptor with a fixed service gets that of packets. */
  public HostCopy leadingTo(String service, String... packets) throws IOException {
    configure("slipway.packet-bench", packets);
    return configure(
        "slipway.acceptor-double",
        "ip = 127.0.0.1",
        "service = " + service,
        "port = " + fixed,
        "idle.timeout = 0");
  }

  /** Where the copy is. */
  public Path home() {
    return home;
  }

  /** Where clients name their service. */
  @Override
  public int port() {
    return named;
  }

  /** Where clients get echo without naming it. */
  int fixedPort() {
    return fixed;
  }

  /** Starts {@code bin/slipway run} without a terminal. */
  @Override
  public Process launch() throws IOException {
    Files.deleteIfExists(home.resolve("var/run/ready"));
    return Children.start(
        new ProcessBuilder(home.resolve("bin/slipway").toString(), "run")
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("bench.out").toFile()));
  }

  @Override
  public void close() throws IOException {
    Folders.delete(home);
  }
}

package slipway.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The host as it is shipped, running in a copy of the distribution that goes with it. */
public final class Host implements Server {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HostCopy copy;
  private final Process process;

  private Host(HostCopy copy, Process process) {
    this.copy = copy;
    this.process = process;
  }

  /**
   * Starts one; returns when it is ready.
   *
   * @param javaOptions options of Java, beside those of the distribution
   */
  public static Host start(Path distribution, String... javaOptions) throws IOException {
    return start(new HostCopy(distribution, javaOptions));
  }

  /** Starts the host of a copy, which goes with it; returns when it is ready. */
  public static Host start(HostCopy copy) throws IOException {
    Host host = new Host(copy, copy.launch());
    try {
      host.awaitReady();
    } catch (IOException failed) {
      host.close();
      throw failed;
    }
    return host;
  }

  private void awaitReady() throws IOException {
    Path ready = copy.home().resolve("var/run/ready");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(ready) || Files.size(ready) == 0) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(
            "the host did not start: " + Files.readString(copy.home().resolve("bench.out")));
      }
      Pause.millis(20);
    }
    List<String> lines = Files.readAllLines(ready);
    if (!lines.getFirst().equals("ok")) {
      throw new IOException("the host is not ready: " + lines);
    }
  }

  /** A port that is free now. */
  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** The same host as it serves clients who are not asked for a name. */
  public Server fixed() {
    return new Server() {
      @Override
      public long pid() {
        return process.pid();
      }

      @Override
      public int port() {
        return copy.fixedPort();
      }

      @Override
      public void close() throws IOException {
        Host.this.close();
      }
    };
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public int port() {
    return copy.port();
  }

  /** The folder that it runs in. */
  public Path home() {
    return copy.home();
  }

  @Override
  public void close() throws IOException {
    Children.kill(process);
    copy.close();
  }
}

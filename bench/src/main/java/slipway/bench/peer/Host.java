package slipway.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The host as it is shipped: a copy of the distribution, with ports of its own. */
public final class Host implements Server {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path home;
  private final Process process;
  private final int named;
  private final int fixed;

  private Host(Path home, Process process, int named, int fixed) {
    this.home = home;
    this.process = process;
    this.named = named;
    this.fixed = fixed;
  }

  /** A copy of the distribution that can be started again and again. */
  public static final class Copy implements AutoCloseable {

    private final Path home;
    private final int named;
    private final int fixed;

    /** Copies the distribution to a temporary folder. */
    public Copy(Path distribution) throws IOException {
      home = Files.createTempDirectory("slipway-bench");
      try (Stream<Path> files = Files.walk(distribution)) {
        for (Path file :
            files.filter(each -> !each.startsWith(distribution.resolve("var"))).toList()) {
          Path target = home.resolve(distribution.relativize(file));
          if (Files.isDirectory(file)) {
            Files.createDirectories(target);
          } else {
            Files.copy(file, target);
            target.toFile().setExecutable(Files.isExecutable(file));
          }
        }
      }
      try (ServerSocket first = free();
          ServerSocket second = free()) {
        named = first.getLocalPort();
        fixed = second.getLocalPort();
      }
      Files.writeString(
          home.resolve("conf/slipway.acceptor-main.cfg"), "ip = 127.0.0.1\nport = " + named + "\n");
      Files.writeString(
          home.resolve("conf/slipway.acceptor-double.cfg"),
          "ip = 127.0.0.1\nservice = echo\nport = " + fixed + "\n");
    }

    private static ServerSocket free() throws IOException {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** Where the copy is. */
    public Path home() {
      return home;
    }

    /** Where clients name their service. */
    public int port() {
      return named;
    }

    /** Starts {@code bin/slipway run} without a terminal; does not wait for it. */
    public Host launch() throws IOException {
      Files.deleteIfExists(home.resolve("var/run/ready"));
      Path out = home.resolve("bench.out");
      return new Host(
          home,
          Children.start(
              new ProcessBuilder(home.resolve("bin/slipway").toString(), "run")
                  .redirectInput(Path.of("/dev/null").toFile())
                  .redirectErrorStream(true)
                  .redirectOutput(out.toFile())),
          named,
          fixed);
    }

    @Override
    public void close() throws IOException {
      delete(home);
    }
  }

  /** Starts a copy, which is deleted when it is closed; returns when it is ready. */
  public static Host start(Path distribution) throws IOException {
    Host host = new Copy(distribution).launch();
    host.awaitReady();
    return host;
  }

  private void awaitReady() throws IOException {
    Path ready = home.resolve("var/run/ready");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(ready) || Files.size(ready) == 0) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(
            "the host did not start: " + Files.readString(home.resolve("bench.out")));
      }
      Pause.millis(20);
    }
    List<String> lines = Files.readAllLines(ready);
    if (!lines.getFirst().equals("ok")) {
      throw new IOException("the host is not ready: " + lines);
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
        return fixed;
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
    return named;
  }

  /** The folder that it runs in. */
  public Path home() {
    return home;
  }

  /** Ends it in order, as SIGTERM does, and leaves its folder. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() throws IOException {
    Children.kill(process);
    delete(home);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

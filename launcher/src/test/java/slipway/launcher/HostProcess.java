package slipway.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher in a process of its own, in the folder of a distribution without any bundles. */
final class HostProcess implements AutoCloseable {

  private final Process process;

  private HostProcess(Process process) {
    this.process = process;
  }

  /** Makes what a distribution has at the least. */
  static Home makeHome(Path folder) throws IOException {
    Home home = new Home(folder.toRealPath());
    Files.createDirectories(home.bundles());
    Files.createDirectories(home.conf());
    Files.createDirectories(home.startLevels().getParent());
    Files.writeString(home.startLevels(), "");
    return home;
  }

  /** Starts the launcher with these arguments. */
  static HostProcess start(Home home, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow"); // as bin/slipway does
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    return new HostProcess(
        new ProcessBuilder(command)
            .directory(home.root().toFile())
            .redirectErrorStream(true)
            .start());
  }

  /** Waits until the process is the host of its folder. */
  void awaitLock(Home home) throws Exception {
    while (process.isAlive() && HostLock.holder(home).isEmpty()) {
      Pause.briefly();
    }
  }

  /** Waits until the framework has made its cache, so that a signal finds it at work. */
  void awaitFramework(Home home) throws IOException {
    while (process.isAlive() && !Files.exists(home.cache())) {
      Pause.briefly();
    }
  }

  /** Waits until its output has taken what it can hold, and nobody has read it. */
  void awaitFullOutput() throws IOException {
    int before;
    int held = 0;
    do {
      Pause.briefly();
      before = held;
      held = process.getInputStream().available();
    } while (held == 0 || held > before);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGTERM; by its handle, as the process itself would close its output, too. */
  void terminate() {
    process.toHandle().destroy();
  }

  void kill() {
    process.toHandle().destroyForcibly();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      throw new AssertionError("the process does not end");
    }
    return process.exitValue();
  }

  /** The next line of its output; blocks until it is there, null at the end. */
  String line() throws IOException {
    return process.inputReader().readLine();
  }

  /** The rest of its output; blocks until it has ended. */
  List<String> output() {
    return process.inputReader().lines().toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

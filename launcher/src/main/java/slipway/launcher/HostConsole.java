package slipway.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/**
 * The console of a host in the foreground, on a thread of its own: shown when the host is ready,
 * gone when the host ends.
 */
final class HostConsole implements Closeable {

  private final Home home;
  private final Framework framework;
  private volatile Console console;
  private volatile boolean closed;

  private HostConsole(Home home, Framework framework) {
    this.home = home;
    this.framework = framework;
  }

  /** Opens the console if there is a terminal to show it on; never reads the input otherwise. */
  static HostConsole open(Home home, Surface surface, Framework framework) {
    HostConsole opened = new HostConsole(home, framework);
    if (surface == Surface.TERMINAL) {
      Thread thread = new Thread(opened::serve, "slipway-console");
      thread.setDaemon(true);
      thread.start();
    }
    return opened;
  }

  private void serve() {
    while (!Files.exists(home.readyFile())) {
      if (closed) {
        return;
      }
      Pause.briefly();
    }
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (Console shown = new Console(home)) {
      console = shown;
      System.setOut(shown.above());
      System.setErr(shown.above());
      shown.greet("Ctrl-D ends the host. TAB completes; the log is in var/log/slipway.log.");
      shown.run();
    } catch (IOException e) {
      System.err.println("slipway: no console: " + Reason.of(e));
      return;
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    if (!closed) {
      stopHost();
    }
  }

  private void stopHost() {
    try {
      framework.stop();
    } catch (BundleException e) {
      System.err.println("slipway: the host does not stop: " + Reason.of(e));
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    Console shown = console;
    if (shown != null) {
      shown.close();
    }
  }
}

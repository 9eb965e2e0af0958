package slipway.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import slipway.config.Durations;
import slipway.dump.kept.KeptDump;

/**
 * The process that is the host: a framework, from its start to its end.
 *
 * <pre>
 *  lock ─▶ install ─▶ start ─▶ wait ──exit, shutdown, Ctrl-D──▶ stopped, 0
 *                               └──SIGTERM, SIGINT──▶ shutdown ─▶ stopped, 143 or 130
 * </pre>
 *
 * <p>Whatever stops the framework, it gets {@link #STOP_LIMIT} to stop; then the process ends
 * without it.
 */
final class Host {

  /** How long the bundles may take to stop. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** The same if code inside of the host ends the process: that code will not stop. */
  private static final Duration EXIT_LIMIT = Duration.ofSeconds(5);

  /** How long the dump of a host that does not stop may take. */
  private static final Duration DUMP_LIMIT = Duration.ofSeconds(5);

  private final Home home;
  private final Surface surface;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean signalled;
  private volatile boolean ended;
  private volatile HostConsole console;

  Host(Home home, Surface surface) {
    this.home = home;
    this.surface = surface;
  }

  /** Runs until the framework has stopped. */
  int run() throws LaunchException, IOException, InterruptedException {
    home.prepare();
    Map<String, String> properties = FrameworkProperties.of(home);
    StartLevels levels = StartLevels.read(home.startLevels());
    HostLock lock = HostLock.acquire(home);
    collectRemains();
    System.setProperty("slipway.home", home.root().toString());
    System.setProperty("slipway.log.stdout", surface.logLevel());
    home.unpackNativesOf("io.netty.native.workdir");
    if (surface == Surface.BACKGROUND) {
      BoundedOutput.install(home.output());
    }

    Framework framework = factory().newFramework(properties);
    Termination termination =
        new Termination(
            signal -> shutDown(signal, properties.get(FrameworkProperties.SHUTDOWN_TIMEOUT)),
            this::leave);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(framework, lock, termination), "slipway-signal"));
    termination.install();
    try {
      start(framework, levels);
    } catch (BundleException | IllegalStateException e) {
      if (signalled) {
        return ExitCode.FAILED; // by a signal in mid-start, whose exit code it will be
      }
      throw new LaunchException(ExitCode.FAILED, "the framework does not start: " + Reason.of(e));
    }
    console = HostConsole.open(home, surface, framework);
    try {
      stopping.await();
      boolean stopped = awaitStop(framework, STOP_LIMIT);
      ended = true;
      lock.tidy();
      return termination.exitCode().orElse(stopped ? ExitCode.OK : ExitCode.FAILED);
    } finally {
      console.close();
    }
  }

  /** Before the log has lines of this host. A failure keeps no host from its start. */
  private void collectRemains() throws InterruptedException {
    try {
      for (KeptDump dump : new Remains(home, Scene.dumps(home)).collect()) {
        complain(Scene.told(dump));
      }
    } catch (IOException failed) {
      complain("what an earlier host has left is not put into a dump: " + Reason.of(failed));
    }
  }

  private static FrameworkFactory factory() {
    return ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
  }

  private void start(Framework framework, StartLevels levels) throws BundleException, IOException {
    framework.init(this::report);
    // The framework forgets listeners of init() when it starts; this one stays.
    framework.getBundleContext().addFrameworkListener(this::report);
    framework
        .getBundleContext()
        .addBundleListener(
            (SynchronousBundleListener)
                event -> {
                  if (event.getType() == BundleEvent.STOPPING
                      && event.getBundle().getBundleId() == 0) {
                    stopping.countDown();
                  }
                });
    new Bundles(levels, Host::complain).install(home.bundles(), framework.getBundleContext());
    framework.start();
  }

  private void report(FrameworkEvent event) {
    if (event.getType() != FrameworkEvent.ERROR) {
      return;
    }
    Bundle bundle = event.getBundle();
    String name =
        bundle.getSymbolicName() == null ? bundle.getLocation() : bundle.getSymbolicName();
    complain("bundle " + name + " " + bundle.getVersion() + ": " + Reason.of(event.getThrowable()));
  }

  private static void complain(String problem) {
    System.err.println("slipway: " + problem.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?"));
  }

  /** Lets connections end when the process is told to end; the framework is stopped after that. */
  private void shutDown(Signals.Arrival signal, String timeout) {
    new ShutdownRequest(home, timeout, Host::say)
        .send(
            Durations.parse(timeout).orElseThrow(),
            "slipway: "
                + signal
                + ": shutdown --timeout "
                + timeout
                + "; a second signal ends the host now\n");
  }

  private static void say(String text) {
    System.out.print(text);
    System.out.flush();
  }

  /** Says that the process ends now, and gives the terminal back as it was. */
  private void leave(Signals.Arrival signal) {
    complain("a second signal, " + signal + ": the host ends now");
    HostConsole shown = console;
    if (shown != null) {
      try {
        shown.close();
      } catch (IOException e) {
        // there is no terminal any more
      }
    }
  }

  /** Ends the framework when the process exits while it runs. */
  private void stop(Framework framework, HostLock lock, Termination termination) {
    if (ended) {
      return;
    }
    boolean asked = termination.exitCode().isPresent();
    if (!asked) {
      complain("code inside of the host has called System.exit; the log says which");
    }
    signalled = true;
    try {
      framework.stop();
      if (awaitStop(framework, asked ? STOP_LIMIT : EXIT_LIMIT)) {
        lock.tidy();
      }
    } catch (BundleException | IOException e) {
      complain("the host does not stop cleanly: " + Reason.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void dump(String summary) {
    try {
      complain(Scene.told(new HungHost(home).self(summary)));
    } catch (IOException failed) {
      complain("there is no dump of that: " + Reason.of(failed));
    } catch (InterruptedException nobodyInterruptsThisThread) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the framework's end, no longer than it is allowed to take. */
  private boolean awaitStop(Framework framework, Duration limit) throws InterruptedException {
    boolean stopped =
        framework.waitForStop(limit.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    if (!stopped) {
      String late = "the bundles did not stop within " + Limit.format(limit);
      complain(late);
      // a thread of its own: a virtual machine that is stuck, too, must not keep the process alive
      Thread dumping =
          new Thread(() -> dump("the host did not stop: " + late), "slipway-last-dump");
      dumping.setDaemon(true);
      dumping.start();
      dumping.join(DUMP_LIMIT.toMillis());
    }
    return stopped;
  }
}

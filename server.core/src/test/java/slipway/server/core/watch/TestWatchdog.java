package slipway.server.core.watch;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import slipway.thread.ControlThread;

/** A watchdog in a host without bundles, which looks when it is told to. */
public final class TestWatchdog implements AutoCloseable {

  /** What is too long. */
  public static final Duration AFTER = Duration.ofHours(1);

  private static final long MOST = Duration.ofDays(1).toNanos();

  private final AtomicLong now = new AtomicLong();
  private final AtomicBoolean computing = new AtomicBoolean(true);
  private final ScheduledExecutorService thread = ControlThread.named("test-watchdog");
  private final Watchdog watchdog;

  /** Makes one for which no time passes. */
  public TestWatchdog() {
    BundleContext none =
        (BundleContext)
            Proxy.newProxyInstance(
                TestWatchdog.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> new Bundle[0]);
    watchdog = new Watchdog(new ServiceClasses(none), thread, now::get, computing::get);
    watchdog.watchAfter(AFTER);
  }

  /** It. */
  public Watchdog watchdog() {
    return watchdog;
  }

  /** Lets time pass, and looks. */
  public void look(Duration passed) {
    now.addAndGet(passed.toNanos());
    watchdog.look(MOST);
  }

  /** Says whether virtual threads seem to have had time of a processor from now on. */
  void seemToCompute(boolean so) {
    computing.set(so);
  }

  /** Lets time pass of which only a part counts, as the watchdog did not run. */
  void lookLate(Duration passed, Duration most) {
    now.addAndGet(passed.toNanos());
    watchdog.look(most.toNanos());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

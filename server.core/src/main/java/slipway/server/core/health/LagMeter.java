package slipway.server.core.health;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.dump.Dump;
import slipway.dump.Dumpable;
import slipway.meter.Distribution;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;
import slipway.server.core.life.ServiceControl;
import slipway.server.core.transport.HostTransport;
import slipway.server.core.watch.Occupation;
import slipway.server.core.watch.Watchdog;
import slipway.thread.ControlThread;

/**
 * Measures how long tasks wait for event loops and for the control thread: twice a second each of
 * them gets a task that does nothing. It measures from outside, so that no message pays for it. The
 * watchdog sees what a loop is at; this sees how long others wait for it, whatever the reason.
 */
@Component(
    service = {LagMeter.class, Dumpable.class, Meter.class},
    immediate = true)
public final class LagMeter implements Dumpable, Meter {

  private static final Logger LOG = LoggerFactory.getLogger(LagMeter.class);
  private static final Metric LOOP_LAG =
      Metric.histogram(
          "slipway_event_loop_lag_seconds", "How long a task waits for an event loop.", "loop");
  private static final Metric CONTROL_LAG =
      Metric.histogram(
          "slipway_control_lag_seconds", "How long a task waits for the control thread.");

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** From this on a task was late, in seconds; a bound of the buckets. */
  private static final double LATE = 0.01;

  private static final double NANOS = 1e9;

  /** A look that comes later than this was kept by something that is no thread's fault. */
  private static final Duration MOST = PAUSE.multipliedBy(2);

  private final ScheduledExecutorService thread;
  private final LongSupplier nanos;
  private final List<Lag> lags;
  private final Supplier<Map<String, Long>> kept;
  private long lastLook;

  /** For Declarative Services. */
  @Activate
  public LagMeter(
      @Reference HostTransport transport,
      @Reference ServiceControl control,
      @Reference Watchdog watchdog) {
    this(
        ControlThread.named("slipway-lag"),
        System::nanoTime,
        lags(transport.loops(), control.thread(), System::nanoTime),
        watchdog::reported);
    thread.scheduleWithFixedDelay(this::look, PAUSE.toNanos(), PAUSE.toNanos(), NANOSECONDS);
  }

  /**
   * Makes one that looks when it is told to.
   *
   * @param nanos the clock, as {@link System#nanoTime}
   * @param kept how often each service has kept a thread for too long
   */
  LagMeter(
      ScheduledExecutorService thread,
      LongSupplier nanos,
      List<Lag> lags,
      Supplier<Map<String, Long>> kept) {
    this.thread = thread;
    this.nanos = nanos;
    this.lags = List.copyOf(lags);
    this.kept = kept;
    this.lastLook = nanos.getAsLong();
  }

  private static List<Lag> lags(
      Map<Executor, Occupation> loops, Executor control, LongSupplier nanos) {
    return Stream.concat(
            loops.entrySet().stream()
                .map(
                    loop ->
                        new Lag(
                            loop.getKey(),
                            ThreadLag.Kind.EVENT_LOOP,
                            () -> name(loop.getValue().thread()),
                            nanos)),
            Stream.of(new Lag(control, ThreadLag.Kind.CONTROL, () -> "slipway-control", nanos)))
        .toList();
  }

  private static String name(Thread runner) {
    return runner == null ? null : runner.getName();
  }

  @Deactivate
  void deactivate() {
    thread.shutdownNow();
  }

  /** Looks at all of them once. */
  void look() {
    try {
      long now = nanos.getAsLong();
      long elapsed = Math.min(now - lastLook, MOST.toNanos());
      lastLook = now;
      lags.forEach(lag -> lag.look(Duration.ofNanos(elapsed), MOST));
    } catch (Throwable failed) { // the next look is another try
      LOG.error("the lag of event loops was not measured", failed);
    }
  }

  /** All that are measured, as they are now; those that have not begun have an empty name. */
  List<Lag> all() {
    return lags;
  }

  /** What was measured: one for each thread that has begun. From any thread. */
  public List<ThreadLag> measured() {
    return lags.stream().map(Lag::measured).filter(lag -> !lag.thread().isEmpty()).toList();
  }

  @Override
  public void read(Readings readings) {
    for (ThreadLag lag : measured()) {
      switch (lag.kind()) {
        case EVENT_LOOP -> readings.histogram(LOOP_LAG, lag.waits(), lag.thread());
        case CONTROL -> readings.histogram(CONTROL_LAG, lag.waits());
      }
    }
  }

  @Override
  public String title() {
    return "lag";
  }

  @Override
  public void dump(Dump dump) {
    measured().forEach(lag -> dump.line(described(lag)));
    kept.get().forEach((service, times) -> dump.line(kept(service) + times));
  }

  private static String kept(String service) {
    return "event loops and carriers that "
        + (service.isEmpty() ? "somebody" : service)
        + " has kept for too long: ";
  }

  private static String described(ThreadLag lag) {
    Distribution waits = lag.waits();
    long late = waits.count() - waits.countWithin(LATE);
    return lag.thread()
        + ": a task waits "
        + millis(lag.now().toNanos() / NANOS)
        + ", "
        + late
        + " of "
        + waits.count()
        + " waited over 10 ms, on average "
        + millis(waits.count() == 0 ? 0 : waits.sum() / waits.count());
  }

  private static String millis(double seconds) {
    return String.format(Locale.ROOT, "%.1f ms", 1000 * seconds);
  }
}

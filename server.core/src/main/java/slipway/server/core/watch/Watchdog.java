package slipway.server.core.watch;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.ResourceLeakDetectorFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.ServiceStatus;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.server.core.watch.Look.Current;
import slipway.service.Connection;
import slipway.thread.ControlThread;

/**
 * Looks some times in {@code after} what the event loops and the virtual threads of connections are
 * at. What has not changed from look to look for that long is reported, with the service that it
 * belongs to. No connection waits for this, and nothing is woken by it.
 *
 * <p>Time counts only as far as this thread ran, so that a machine that slept is nobody's fault.
 */
@Component(service = Watchdog.class, configurationPid = WatchdogConfig.PID)
@Designate(ocd = WatchdogConfig.class)
public final class Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final int LOOKS = 4;
  private static final Duration SELDOM = Duration.ofMillis(250);

  private final ServiceClasses classes;
  private final ScheduledExecutorService thread;
  private final LongSupplier nanos;
  private final Loops loops;
  private final Streams streams;
  private volatile Duration after;
  private final Map<String, Long> reported = new ConcurrentHashMap<>();
  private volatile Map<Object, Current> current = Map.of();
  private Future<?> looks;
  private long lastLook;

  /** For Declarative Services. */
  @Activate
  public Watchdog(BundleContext context, Map<String, Object> properties) {
    this(
        new ServiceClasses(context),
        ControlThread.named("slipway-watchdog"),
        System::nanoTime,
        new Carriers()::mayCompute);
    modified(properties);
    // Netty asks the factory once for each kind, so this one stays
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new BufferLeaks(this::tellOfLeak));
  }

  /**
   * Makes one that looks as often as it is told to.
   *
   * @param mayCompute asked at each look whether any virtual thread may have computed since the
   *     last one
   */
  Watchdog(
      ServiceClasses classes,
      ScheduledExecutorService thread,
      LongSupplier nanos,
      BooleanSupplier mayCompute) {
    this.classes = classes;
    Offences offences = new Offences(classes);
    this.loops = new Loops(offences);
    this.streams = new Streams(offences, mayCompute);
    this.thread = thread;
    this.nanos = nanos;
  }

  /** A configuration that is refused changes nothing: the last good one stays in force. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      watchAfter(WatchdogCheck.after(Settings.of(WatchdogConfig.class, properties)));
    } catch (InvalidConfiguration refused) {
      LOG.error("{}: refused: {}", WatchdogConfig.PID, refused.getMessage());
      if (after == null) {
        watchAfter(Duration.ofSeconds(1));
      }
    }
  }

  /** From now on reports what lasts longer than this; zero for nothing. */
  synchronized void watchAfter(Duration limit) {
    after = limit;
    if (looks != null) {
      looks.cancel(false);
      looks = null;
    }
    if (limit.isZero()) {
      current = Map.of();
      return;
    }
    Duration part = limit.dividedBy(LOOKS);
    long pause = (part.compareTo(SELDOM) < 0 ? part : SELDOM).toNanos();
    lastLook = nanos.getAsLong();
    looks = thread.scheduleWithFixedDelay(() -> look(2 * pause), pause, pause, NANOSECONDS);
  }

  @Deactivate
  void deactivate() {
    thread.shutdownNow();
  }

  /** Watches event loops from now on. */
  public void watch(List<? extends Occupied> more) {
    loops.watch(more);
  }

  /**
   * Says which connections are served on threads of their own.
   *
   * @param all called now and then, by the watchdog's thread
   */
  public void watchThreads(Supplier<Stream<Working>> all) {
    streams.watch(all);
  }

  // ---- for those who ask ---------------------------------------------------------------------

  /** A service with what it does for too long, if it does, among its reasons. */
  public ServiceStatus seen(ServiceStatus service) {
    String deeds =
        current.values().stream()
            .filter(one -> one.offence().who() != null)
            .filter(one -> one.offence().who().bundleId() == service.bundleId())
            .map(one -> one.offence().remark(one.lasted()))
            .distinct()
            .collect(Collectors.joining("; "));
    return service.also(deeds);
  }

  /**
   * How often each service has kept an event loop or a carrier for too long since the host was
   * started, by its name. Under an empty name: what no code of a service could be seen in.
   */
  public Map<String, Long> reported() {
    return new TreeMap<>(reported);
  }

  private void count(Offence offence) {
    reported.merge(offence.who() == null ? "" : offence.who().service(), 1L, Long::sum);
  }

  /** The connections that event loops serve at this moment. */
  List<Connection> served() {
    return loops.served();
  }

  /** What keeps an event loop; empty if nothing is known to. */
  public Optional<String> keeps(Object loop) {
    if (loop instanceof Occupied one && loops.isLeaving(one)) {
      return Optional.of("it waits for the end of the host");
    }
    return Optional.ofNullable(current.get(loop)).map(one -> one.offence().text(one.lasted()));
  }

  /**
   * Notes that a thread ends the process, and so will never do anything else.
   *
   * @return the connection that it serves; null if that is not known
   */
  Connection isLeaving(Thread runner) {
    loops.leaves(runner);
    return loops.servedBy(runner).or(() -> streams.servedBy(runner)).orElse(null);
  }

  private void tellOfLeak(String type, List<StackTraceElement> frames) {
    classes
        .innermost(frames)
        .ifPresent(
            who ->
                LOG.error(
                    "{} has not released a {}: {}",
                    who,
                    type,
                    classes.framesOf(who, frames).getFirst()));
  }

  /**
   * Looks at everything once.
   *
   * @param most nanoseconds that count at the most
   */
  synchronized void look(long most) {
    try {
      long now = nanos.getAsLong();
      Look look = new Look(Duration.ofNanos(Math.min(now - lastLook, most)), after, this::count);
      lastLook = now;
      loops.look(look);
      streams.look(look);
      current = look.seen();
    } catch (Throwable failed) { // the next look is another try
      LOG.error("the watchdog failed", failed);
    }
  }
}

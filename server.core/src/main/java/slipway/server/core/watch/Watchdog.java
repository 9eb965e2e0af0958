package slipway.server.core.watch;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.ResourceLeakDetectorFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
import slipway.net.ControlThread;
import slipway.server.core.watch.Offence.Culprit;
import slipway.service.Connection;

/**
 * Looks some times in {@code after} what the event loops and the virtual threads of connections are
 * at. What has not changed from look to look for that long is told, with the service that it is of.
 * Nothing of a connection waits for this, and nothing is woken by it.
 *
 * <p>Time counts only as far as this thread ran, so that a machine that slept is nobody's fault.
 */
@Component(service = Watchdog.class, configurationPid = WatchdogConfig.PID)
@Designate(ocd = WatchdogConfig.class)
public final class Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final int LOOKS = 4;
  private static final Duration SELDOM = Duration.ofMillis(250);
  private static final int FRAMES = 3;

  private final ServiceClasses classes;
  private final ScheduledExecutorService thread;
  private final LongSupplier nanos;
  private final BooleanSupplier mayCompute;
  private final Map<Occupied, Stint> loops = new ConcurrentHashMap<>();
  private final Map<Thread, Stint> streams = new HashMap<>();
  private final Set<Thread> leaving = ConcurrentHashMap.newKeySet();
  private final Stint starvation = new Stint();
  private volatile Supplier<Stream<Working>> working = Stream::empty;
  private volatile Duration after;
  private volatile Map<Object, Current> current = Map.of();
  private Probe probe = new Probe();
  private Future<?> looks;
  private long lastLook;

  /** What is told of now, and for how long it has lasted. */
  private record Current(Offence offence, Duration lasted) {}

  /** For Declarative Services. */
  @Activate
  public Watchdog(BundleContext context, Map<String, Object> properties) {
    this(
        new ServiceClasses(context),
        new ControlThread("slipway-watchdog"),
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
    this.mayCompute = mayCompute;
    this.thread = thread;
    this.nanos = nanos;
  }

  /** A configuration that is refused changes nothing: the last good one goes on. */
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

  /** Tells from now on what lasts longer than this; zero for nothing. */
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
    more.forEach(loop -> loops.put(loop, new Stint()));
  }

  /**
   * Says which connections are served on threads of their own.
   *
   * @param all called now and then, by the watchdog's thread
   */
  public void watchThreads(Supplier<Stream<Working>> all) {
    working = all;
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
    return deeds.isEmpty()
        ? service
        : new ServiceStatus(
            service.name(),
            service.refCount(),
            service.state(),
            service.version(),
            service.bundleId(),
            service.bundleState(),
            service.reason().isEmpty() ? deeds : service.reason() + "; " + deeds);
  }

  /** What keeps an event loop; empty if nothing is known to. */
  public Optional<String> keeps(Object loop) {
    Thread runner = loop instanceof Occupied one ? one.occupation().thread() : null;
    if (runner != null && leaving.contains(runner)) {
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
    leaving.add(runner);
    return loops.keySet().stream()
        .map(Occupied::occupation)
        .filter(occupation -> occupation.thread() == runner)
        .map(Occupation::connection)
        .filter(Objects::nonNull)
        .findFirst()
        .or(
            () ->
                working
                    .get()
                    .filter(one -> one.handler().thread() == runner)
                    .map(Working::connection)
                    .findFirst())
        .orElse(null);
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

  // ---- looking -------------------------------------------------------------------------------

  /**
   * Looks at everything once.
   *
   * @param most nanoseconds that count at the most
   */
  synchronized void look(long most) {
    try {
      long now = nanos.getAsLong();
      Duration elapsed = Duration.ofNanos(Math.min(now - lastLook, most));
      lastLook = now;
      Map<Object, Current> seen = new LinkedHashMap<>();
      loops.forEach((loop, stint) -> look(loop, stint, elapsed, seen));
      lookAtThreads(elapsed, seen);
      current = Map.copyOf(seen);
    } catch (Throwable failed) { // the next look is another try
      LOG.error("the watchdog failed", failed);
    }
  }

  private void look(Occupied loop, Stint stint, Duration elapsed, Map<Object, Current> seen) {
    Occupation occupation = loop.occupation();
    long steps = occupation.steps();
    Thread runner = occupation.thread();
    if (runner == null || Occupation.isWaiting(steps) || leaving.contains(runner)) {
      over(stint);
      return;
    }
    Connection connection = occupation.connection();
    if (!advance(stint, steps, elapsed)) {
      stint.hadSpent(Carriers.spent(runner));
    } else if (stint.isDue(after)) {
      String deed = "has kept the event loop " + runner.getName();
      List<StackTraceElement> stack = Arrays.asList(runner.getStackTrace());
      // else it is over, and the stack is of something else
      if (occupation.steps() == steps && isItsFault(runner, stack, stint)) {
        tell(stint, offence(deed, connection, stack));
      }
    }
    note(loop, stint, seen);
  }

  /** Who computes has to have had time of a processor: a machine that is too busy is no fault. */
  private boolean isItsFault(Thread runner, List<StackTraceElement> stack, Stint stint) {
    return runner.getState() != Thread.State.RUNNABLE
        || !stack.isEmpty() && stack.get(0).isNativeMethod()
        || stint.spent(Carriers.spent(runner)).compareTo(after.dividedBy(LOOKS)) >= 0;
  }

  private static boolean advance(Stint stint, long steps, Duration elapsed) {
    Offence told = stint.told();
    Duration lasted = stint.lasted();
    boolean goesOn = stint.goesOn(steps, elapsed);
    if (!goesOn) {
      tellEnd(told, lasted);
    }
    return goesOn;
  }

  private static void over(Stint stint) {
    tellEnd(stint.told(), stint.lasted());
    stint.end();
  }

  private static void tellEnd(Offence told, Duration lasted) {
    if (told != null) {
      LOG.info(
          "{} goes on after {}",
          told.who() == null ? "what was kept" : told.who(),
          Offence.time(lasted));
    }
  }

  private static void tell(Stint stint, Offence offence) {
    stint.tell(offence);
    LOG.warn("{}", offence.text(stint.lasted()));
  }

  private static void note(Object key, Stint stint, Map<Object, Current> seen) {
    if (stint.told() != null) {
      seen.put(key, new Current(stint.told(), stint.lasted()));
    }
  }

  // ---- virtual threads -----------------------------------------------------------------------

  private void lookAtThreads(Duration elapsed, Map<Object, Current> seen) {
    boolean computing = mayCompute.getAsBoolean();
    // what has begun is over when it is seen to be: on a busy machine it may get no time for a look
    if (!computing && streams.isEmpty() && probe.hasRun()) {
      over(starvation);
      return;
    }
    Map<Thread, Working> mounted =
        working
            .get()
            .filter(Watchdog::hasCarrier)
            .collect(Collectors.toMap(one -> one.handler().thread(), one -> one, (a, b) -> a));
    streams
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !mounted.containsKey(entry.getKey());
              if (gone) {
                over(entry.getValue());
              }
              return gone;
            });
    mounted.forEach((runner, one) -> look(runner, one, elapsed, seen));
    lookForStarvation(elapsed, seen);
  }

  private static boolean hasCarrier(Working one) {
    Thread runner = one.handler().thread();
    return runner != null && runner.isVirtual() && Carriers.has(runner);
  }

  private void look(Thread runner, Working one, Duration elapsed, Map<Object, Current> seen) {
    Stint stint = streams.computeIfAbsent(runner, first -> new Stint());
    advance(stint, one.handler().steps() + 1, elapsed);
    if (stint.isDue(after)) {
      tell(
          stint,
          offence(
              "has computed on a virtual thread",
              one.connection(),
              Arrays.asList(runner.getStackTrace())));
    }
    note(runner, stint, seen);
  }

  /** Threads that services have made by themselves are looked for only if nothing else runs. */
  private void lookForStarvation(Duration elapsed, Map<Object, Current> seen) {
    if (probe.hasRun()) {
      over(starvation);
      probe = new Probe();
      probe.start();
      return;
    }
    advance(starvation, 0, elapsed);
    boolean explained = streams.values().stream().anyMatch(stint -> stint.told() != null);
    if (!explained && starvation.isDue(after)) {
      VirtualThreads.computing().stream()
          .filter(stack -> classes.innermost(stack).isPresent())
          .findFirst()
          .ifPresent(
              stack ->
                  tell(
                      starvation, offence("has let no virtual thread of others run", null, stack)));
    }
    note(starvation, starvation, seen);
  }

  /** A virtual thread that does nothing, to see whether others run. */
  private static final class Probe implements Runnable {
    private volatile boolean ran = true;

    void start() {
      ran = false;
      Thread.ofVirtual().name("slipway-probe").start(this);
    }

    @Override
    public void run() {
      ran = true;
    }

    boolean hasRun() {
      return ran;
    }
  }

  // ---- who it is -----------------------------------------------------------------------------

  private Offence offence(String deed, Connection connection, List<StackTraceElement> stack) {
    Optional<Culprit> owner =
        connection == null
            ? Optional.empty()
            : classes.version(connection.service(), connection.version());
    List<StackTraceElement> frames =
        owner.map(one -> classes.framesOf(one, stack)).orElse(List.of());
    Optional<Culprit> innermost = frames.isEmpty() ? classes.innermost(stack) : Optional.empty();
    boolean another = innermost.isPresent() && !innermost.equals(owner);
    if (another) {
      frames = classes.framesOf(innermost.get(), stack);
    }
    Culprit culprit = another ? innermost.get() : owner.orElse(null);
    StackTraceElement inside = stack.isEmpty() ? null : stack.get(0);
    return new Offence(
        culprit,
        another || connection == null ? 0 : connection.id(),
        deed,
        frames.stream().limit(FRAMES).toList(),
        inside == null || frames.contains(inside) ? "" : Objects.toString(inside));
  }
}

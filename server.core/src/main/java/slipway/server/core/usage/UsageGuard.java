package slipway.server.core.usage;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.AdminException;
import slipway.admin.ServiceStatus;
import slipway.profile.Usage;
import slipway.profile.UsageProfiler;
import slipway.thread.ControlThread;

/**
 * Holds services to their {@link Shares}: operators are told of one that uses more for a whole
 * window, and if they have asked for it, it drains and is locked.
 *
 * <p>Nothing is measured, and nothing looked at, while no service has a limit. All that is known is
 * of one thread; others see a table that is replaced as a whole.
 */
@Component(service = UsageGuard.class)
public final class UsageGuard {

  private static final Logger LOG = LoggerFactory.getLogger(UsageGuard.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final ScheduledExecutorService thread;
  private final Measuring measuring;
  private final int processors;
  private final long largestHeap;

  /** By service; of the thread. */
  private final Map<String, Watched> watched = new TreeMap<>();

  /** Null while nothing is limited; of the thread. */
  private Future<?> looks;

  private volatile Lock lock = service -> false;
  private volatile Map<String, Standing> standings = Map.of();

  /** For Declarative Services. */
  @Activate
  public UsageGuard() {
    this(
        ControlThread.named("slipway-usage"),
        System::nanoTime,
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory());
  }

  /**
   * Makes one.
   *
   * @param nanos the clock, as {@link System#nanoTime}
   * @param processors how many there are
   * @param largestHeap in bytes
   */
  UsageGuard(
      ScheduledExecutorService thread, LongSupplier nanos, int processors, long largestHeap) {
    this.thread = thread;
    this.measuring = new Measuring(nanos);
    this.processors = processors;
    this.largestHeap = largestHeap;
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setProfiler(UsageProfiler offered) {
    thread.execute(() -> measuring.by(offered));
  }

  void unsetProfiler(UsageProfiler gone) {
    thread.execute(() -> measuring.leave(gone));
  }

  @Deactivate
  void deactivate() {
    thread.execute(measuring::end);
    thread.shutdown();
  }

  // ---- from the life of services -------------------------------------------------------------

  /**
   * Sets what locks services.
   *
   * @param locks called by this thread, which may wait
   */
  public void lockBy(Lock locks) {
    lock = locks;
  }

  /**
   * What is configured for a service has come, or has changed.
   *
   * @param admits whether its state lets clients in
   */
  public void configure(String service, Shares shares, boolean admits) {
    thread.execute(
        () -> {
          watched.computeIfAbsent(service, Watched::new).configure(shares, admits);
          begin();
        });
  }

  /** Nothing is configured for a service any more. */
  public void unconfigure(String service) {
    thread.execute(
        () -> {
          watched.remove(service);
          begin();
        });
  }

  // ---- for those who ask ---------------------------------------------------------------------

  /**
   * Services with what they use too much of, or were locked for, among their reasons: in the first
   * row of each, as it is of all its versions.
   */
  public List<ServiceStatus> seen(List<ServiceStatus> services) {
    Map<String, Standing> now = standings;
    Set<String> told = new HashSet<>();
    List<ServiceStatus> seen = new ArrayList<>();
    for (ServiceStatus service : services) {
      Standing standing = told.add(service.name()) ? now.get(service.name()) : null;
      seen.add(standing == null ? service : service.also(standing.remark(service.state())));
    }
    return seen;
  }

  /** How services with a configuration stand, by their names. */
  Map<String, Standing> standings() {
    return standings;
  }

  // ---- on the thread -------------------------------------------------------------------------

  private void begin() {
    boolean isLimited = watched.values().stream().anyMatch(Watched::isLimited);
    if (isLimited && looks == null) {
      looks = thread.scheduleWithFixedDelay(this::look, 0, PAUSE.toNanos(), NANOSECONDS);
    } else if (!isLimited && looks != null) {
      looks.cancel(false);
      looks = null;
      measuring.end();
    }
    publish();
  }

  /** Looks once at what services have used. */
  void look() {
    Optional<Usage> usage =
        measuring.look(watched.values().stream().anyMatch(Watched::isHeapLimited));
    for (Map.Entry<String, Watched> each : watched.entrySet()) {
      if (usage.isEmpty()) {
        each.getValue().restart();
      } else {
        each.getValue().look(usage.get(), processors, largestHeap);
      }
    }
    publish();
    watched.forEach(this::lock);
  }

  private void lock(String service, Watched one) {
    if (!one.isToBeLocked()) {
      return;
    }
    String reason = one.lockedNow();
    publish();
    try {
      if (lock.lock(service)) {
        LOG.warn("{} is WAITLOCKED: {}", service, reason);
        return;
      }
    } catch (AdminException failed) {
      LOG.error("{} is to be WAITLOCKED, but: {}", service, failed.getMessage());
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    one.staysOpen();
    publish();
  }

  private void publish() {
    Map<String, Standing> next = new HashMap<>();
    watched.forEach((service, one) -> next.put(service, one.standing()));
    standings = Map.copyOf(next);
  }
}

package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.config.Durations;
import slipway.service.Service;

/**
 * The life of one service: what it is to be (its state) and what it is (its phase).
 *
 * <pre>
 *            start            started
 *  STOPPED ────────▶ STARTING ────────▶ ACTIVE
 *     ▲  ▲               │ failed          │ nobody needs it, locked, or lost
 *     │  └───────────────┘                 ▼
 *     └─────────────────────────────── STOPPING
 *                  stopped
 * </pre>
 *
 * <p>Every event ends in {@link #reconcile}, which takes the one step that brings the phase nearer
 * to the state. Belongs to the control thread; only {@link #admission} is read elsewhere.
 */
final class ServiceEntry {

  /**
   * Pause after a failed start, so that clients who ask again do not keep the host busy with it.
   */
  static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ServiceEntry.class);

  private static final Comparator<Provider> NEWEST_FIRST =
      Comparator.comparing((Provider provider) -> Version.parseVersion(provider.version()))
          .reversed()
          .thenComparing(Provider::bundleId);

  enum Phase {
    STOPPED,
    STARTING,
    ACTIVE,
    STOPPING
  }

  /** What the entry asks of its owner. */
  interface Owner {
    /** Something changed that connections have to see. */
    void publish();

    /** All users of a WAITLOCKED service have left: its state is LOCKED now. */
    void locked(String name);
  }

  private final String name;
  private final Owner owner;
  private final ScheduledExecutorService control;
  private final LongSupplier nanos;
  private final TreeSet<Provider> providers = new TreeSet<>(NEWEST_FIRST);
  private final List<CompletableFuture<ServiceLease>> waiters = new ArrayList<>();
  private final List<CompletableFuture<Void>> settling = new ArrayList<>();

  private ServiceSettings settings = ServiceSettings.DEFAULT;
  private ServiceState configured;
  private Phase phase = Phase.STOPPED;
  private Provider current;
  private ServiceVersion version;
  private Future<?> deadline;
  private boolean persistent;

  /** An operator started it, or somebody waits for it: it stays until a user has come and gone. */
  private boolean wanted;

  private String failure = "";
  private long failedAt;

  ServiceEntry(String name, Owner owner, ScheduledExecutorService control, LongSupplier nanos) {
    this.name = name;
    this.owner = owner;
    this.control = control;
    this.nanos = nanos;
  }

  // ---- what happens to it --------------------------------------------------------------------

  /** Its configuration is there, or has changed. */
  void configure(ServiceSettings changed) {
    ServiceState before = settings.state();
    boolean first = configured == null;
    configured = changed.state();
    settings = changed;
    if (!first && before != changed.state()) {
      LOG.info("{} is {}, was {}", name, changed.state(), before);
      wanted = changed.state() == ServiceState.LOADED;
    }
    forgetFailure();
    reconcile();
  }

  /** Its configuration is gone. */
  void unconfigure() {
    configured = null;
    settings = ServiceSettings.DEFAULT;
    forgetFailure();
    reconcile();
  }

  /** An operator gave it the state that it has: start it, where the state allows that. */
  void insist() {
    wanted = settings.state() == ServiceState.LOADED;
    forgetFailure();
    reconcile();
  }

  void add(Provider provider) {
    providers.add(provider);
    if (providers.first() == provider) {
      forgetFailure();
    }
    reconcile();
  }

  void remove(Provider provider) {
    providers.remove(provider);
    if (providers.isEmpty()) {
      forgetFailure();
    }
    reconcile();
  }

  /** Its bundle was started by somebody else. */
  void startedFromOutside(Provider provider) {
    if (phase != Phase.STOPPED || !providers.contains(provider)) {
      return;
    }
    if (settings.state().admits() && provider == providers.first()) {
      wanted = true;
      reconcile();
    } else {
      LOG.warn(
          "bundle {} was started, but {} is {}: stopped again",
          provider.bundleId(),
          name,
          settings.state());
      current = provider;
      stop();
    }
  }

  /** A connection asks for it and did not find it running. */
  void request(CompletableFuture<ServiceLease> waiter) {
    if (!settings.state().admits()) {
      waiter.completeExceptionally(new Refusal(name + " is " + settings.state()));
    } else if (providers.isEmpty()) {
      waiter.completeExceptionally(new Refusal("unknown service: " + name));
    } else if (!failure.isEmpty() && (phase == Phase.STARTING || pausing())) {
      waiter.completeExceptionally(failed());
    } else {
      waiters.add(waiter);
      wanted = true;
      forgetFailure();
      reconcile();
    }
  }

  /** Its last user has left, perhaps not for long. */
  void idle(ServiceVersion left) {
    if (left == version) {
      wanted = false;
      reconcile();
    }
  }

  /** The service that its bundle had registered is gone, and not by our doing. */
  void lost(Provider provider) {
    if (phase == Phase.ACTIVE && provider == current) {
      LOG.warn("{}: bundle {} has withdrawn the service", name, provider.bundleId());
      version.revoke();
      stop();
    }
  }

  // ---- what it does --------------------------------------------------------------------------

  private void reconcile() {
    if (phase == Phase.STOPPED && needed() && failure.isEmpty() && !providers.isEmpty()) {
      start();
    } else if (phase == Phase.ACTIVE) {
      reconcileActive();
    }
    if (phase == Phase.STOPPED && settings.state() == ServiceState.WAITLOCKED) {
      settings = settings.with(ServiceState.LOCKED);
      owner.locked(name);
    }
    refuseWaiters();
    settle();
    owner.publish();
  }

  private boolean needed() {
    return settings.state() == ServiceState.FIXED
        || settings.state() == ServiceState.LOADED && (wanted || !waiters.isEmpty());
  }

  private void reconcileActive() {
    version.watchIdle(settings.state() != ServiceState.FIXED);
    switch (settings.state()) {
      case FIXED -> {
        reopen();
        persist();
        serveWaiters();
      }
      case LOADED -> {
        reopen();
        serveWaiters();
        if (!wanted && version.users().drainIfIdle()) {
          stop();
        }
      }
      case WAITLOCKED -> {
        version.users().drain();
        if (version.users().count() == 0) {
          stop();
        }
      }
      case LOCKED -> {
        version.revoke();
        if (version.users().count() == 0) {
          stop();
        } else if (deadline == null) {
          deadline =
              control.schedule(
                  this::stopUnderItsUsers, settings.stopTimeout().toMillis(), MILLISECONDS);
        }
      }
    }
  }

  private void persist() {
    if (!persistent) {
      persistent = true;
      current.persist();
    }
  }

  private void reopen() {
    cancelDeadline();
    version.reopen();
  }

  private void stopUnderItsUsers() {
    deadline = null;
    if (phase == Phase.ACTIVE && settings.state() == ServiceState.LOCKED) {
      LOG.warn(
          "{} is locked, but {} of its users did not leave in time: stopped all the same",
          name,
          version.users().count());
      stop();
      owner.publish();
    }
  }

  private void start() {
    phase = Phase.STARTING;
    current = providers.first();
    Provider starting = current;
    persistent = settings.state() == ServiceState.FIXED;
    Duration limit = settings.startTimeout();
    deadline = control.schedule(() -> startIsLate(starting, limit), limit.toMillis(), MILLISECONDS);
    starting
        .start(persistent, limit)
        .whenCompleteAsync((service, thrown) -> started(starting, service, thrown), control);
  }

  /** Those who wait learn it now; the bundle may yet come, or be found to have failed. */
  private void startIsLate(Provider starting, Duration limit) {
    deadline = null;
    if (phase == Phase.STARTING && current == starting) {
      fail("it did not start within " + Durations.format(limit));
      wanted = false;
      refuseWaiters();
      settle();
      owner.publish();
    }
  }

  private void started(Provider starting, Service service, Throwable thrown) {
    cancelDeadline();
    if (service == null) {
      wanted = false;
      fail(thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
      refuseWaiters();
      stop(); // a bundle that is active without its service would be neither
      return;
    }
    forgetFailure();
    phase = Phase.ACTIVE;
    version =
        new ServiceVersion(
            name, starting.version(), service, left -> control.execute(() -> idle(left)));
    LOG.info("{} {} is active, bundle {}", name, starting.version(), starting.bundleId());
    reconcile();
  }

  private void stop() {
    phase = Phase.STOPPING;
    cancelDeadline();
    wanted = wanted && !waiters.isEmpty();
    Provider stopping = current;
    stopping
        .stop(settings.stopTimeout())
        .whenCompleteAsync((done, thrown) -> stopped(stopping, thrown), control);
  }

  private void stopped(Provider stopping, Throwable thrown) {
    if (thrown != null) {
      fail("it did not stop: " + thrown.getMessage());
    } else if (version != null) {
      LOG.info("{} {} is stopped, bundle {}", name, stopping.version(), stopping.bundleId());
    }
    phase = Phase.STOPPED;
    version = null;
    current = null;
    reconcile();
  }

  private void serveWaiters() {
    List<CompletableFuture<ServiceLease>> served = List.copyOf(waiters);
    waiters.clear();
    for (CompletableFuture<ServiceLease> waiter : served) {
      ServiceLease lease = version.lease();
      if (lease == null) {
        waiters.add(waiter);
      } else {
        wanted = false; // from here on its users keep it
        waiter.complete(lease);
      }
    }
  }

  private void refuseWaiters() {
    if (settings.state().admits() && !providers.isEmpty() && failure.isEmpty()) {
      return;
    }
    List<CompletableFuture<ServiceLease>> refused = List.copyOf(waiters);
    waiters.clear();
    Refusal refusal =
        !settings.state().admits()
            ? new Refusal(name + " is " + settings.state())
            : providers.isEmpty() ? new Refusal("unknown service: " + name) : failed();
    refused.forEach(waiter -> waiter.completeExceptionally(refusal));
  }

  // ---- its reason ----------------------------------------------------------------------------

  private void fail(String reason) {
    failure = reason;
    failedAt = nanos.getAsLong();
    LOG.error("{}: {}", name, reason);
  }

  private void forgetFailure() {
    failure = "";
  }

  private boolean pausing() {
    return nanos.getAsLong() - failedAt < RETRY_PAUSE.toNanos();
  }

  private Refusal failed() {
    return new Refusal(name + " failed to start");
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  // ---- what others see -----------------------------------------------------------------------

  /** A stage that is completed when the phase has followed the state, or has failed to. */
  CompletableFuture<Void> settled() {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    settling.add(stage);
    settle();
    return stage;
  }

  private void settle() {
    if (isSettled()) {
      List<CompletableFuture<Void>> done = List.copyOf(settling);
      settling.clear();
      done.forEach(stage -> stage.complete(null));
    }
  }

  private boolean isSettled() {
    return switch (phase) {
      case STARTING -> !failure.isEmpty();
      case STOPPING -> false;
      case STOPPED -> !needed() || !failure.isEmpty() || providers.isEmpty();
      case ACTIVE -> settings.state() != ServiceState.LOCKED;
    };
  }

  String name() {
    return name;
  }

  ServiceState state() {
    return settings.state();
  }

  /** The state that its configuration says; null if it has none. */
  ServiceState configured() {
    return configured;
  }

  boolean isProvided() {
    return !providers.isEmpty();
  }

  /** Whether nothing would be lost by forgetting it. */
  boolean isForgettable() {
    return configured == null && providers.isEmpty() && phase == Phase.STOPPED;
  }

  Admission admission() {
    return new Admission(
        settings.state(), phase == Phase.ACTIVE ? version : null, !providers.isEmpty());
  }

  ServiceStatus status() {
    Provider shown = current != null ? current : providers.isEmpty() ? null : providers.first();
    return new ServiceStatus(
        name,
        version == null ? 0 : version.users().count(),
        settings.state(),
        shown == null ? "" : shown.version(),
        shown == null ? -1 : shown.bundleId(),
        shown == null ? "" : shown.bundleState(),
        reason());
  }

  private String reason() {
    if (!failure.isEmpty()) {
      return failure;
    }
    if (providers.isEmpty()) {
      return "no bundle provides it";
    }
    Provider chosen = current == null ? providers.first() : current;
    String others =
        providers.stream()
            .filter(provider -> provider != chosen)
            .map(provider -> Long.toString(provider.bundleId()))
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? "" : "also provided by bundle " + others;
  }
}

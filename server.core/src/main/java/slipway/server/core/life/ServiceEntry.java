package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
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

  private static final Logger LOG = LoggerFactory.getLogger(ServiceEntry.class);

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
  private final Providers providers = new Providers();
  private final Waiters waiters = new Waiters();
  private final Failure failure;
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

  ServiceEntry(String name, Owner owner, ScheduledExecutorService control, LongSupplier nanos) {
    this.name = name;
    this.owner = owner;
    this.control = control;
    this.failure = new Failure(nanos);
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
    failure.clear();
    reconcile();
  }

  /** Its configuration is gone. */
  void unconfigure() {
    configured = null;
    settings = ServiceSettings.DEFAULT;
    failure.clear();
    reconcile();
  }

  /** An operator gave it the state that it has: start it, where the state allows that. */
  void insist() {
    wanted = settings.state() == ServiceState.LOADED;
    failure.clear();
    reconcile();
  }

  void add(Provider provider) {
    providers.add(provider);
    if (providers.best() == provider) {
      failure.clear();
    }
    reconcile();
  }

  void remove(Provider provider) {
    providers.remove(provider);
    if (providers.isEmpty()) {
      failure.clear();
    }
    reconcile();
  }

  /** Its bundle was started by somebody else. */
  void startedFromOutside(Provider provider) {
    if (phase != Phase.STOPPED || !providers.contains(provider)) {
      return;
    }
    if (settings.state().admits() && provider == providers.best()) {
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
      waiter.completeExceptionally(Refusal.unknown(name));
    } else if (failure.isFresh() || failure.isSet() && isOnItsWay()) {
      waiter.completeExceptionally(failed());
    } else {
      waiters.add(waiter);
      wanted = true;
      failure.clear();
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
    if (phase == Phase.STOPPED && needed() && !failure.isSet() && !providers.isEmpty()) {
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

  private boolean isOnItsWay() {
    return phase == Phase.STARTING || phase == Phase.STOPPING;
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
    current = providers.best();
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
      if (!failure.isSet()) { // what came of being late tells less
        fail(thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
      }
      refuseWaiters();
      stop(); // a bundle that is active without its service would be neither
      return;
    }
    failure.clear();
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
    Duration limit = settings.stopTimeout();
    deadline = control.schedule(() -> stopIsLate(stopping, limit), limit.toMillis(), MILLISECONDS);
    stopping.stop(limit).whenCompleteAsync((done, thrown) -> stopped(stopping, thrown), control);
  }

  /** Those who wait learn it now; the bundle may yet stop. */
  private void stopIsLate(Provider stopping, Duration limit) {
    deadline = null;
    if (phase == Phase.STOPPING && current == stopping) {
      fail("it did not stop within " + Durations.format(limit));
      refuseWaiters();
      settle();
      owner.publish();
    }
  }

  private void stopped(Provider stopping, Throwable thrown) {
    cancelDeadline();
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
    if (waiters.serve(version)) {
      wanted = false; // from here on its users keep it
    }
  }

  private void refuseWaiters() {
    if (settings.state().admits() && !providers.isEmpty() && !failure.isSet()) {
      return;
    }
    waiters.refuse(
        !settings.state().admits()
            ? new Refusal(name + " is " + settings.state())
            : providers.isEmpty() ? Refusal.unknown(name) : failed());
  }

  private void fail(String reason) {
    failure.set(reason);
    LOG.error("{}: {}", name, reason);
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
      case STARTING, STOPPING -> failure.isSet();
      case STOPPED -> !needed() || failure.isSet() || providers.isEmpty();
      case ACTIVE -> settings.state() != ServiceState.LOCKED;
    };
  }

  ServiceState state() {
    return settings.state();
  }

  /** The state that its configuration says; null if it has none. */
  ServiceState configured() {
    return configured;
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
    Provider shown = current != null ? current : providers.best();
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
    if (failure.isSet()) {
      return failure.reason();
    }
    if (providers.isEmpty()) {
      return "no bundle provides it";
    }
    String others = providers.others(current == null ? providers.best() : current);
    return others.isEmpty() ? "" : "also provided by bundle " + others;
  }
}

package slipway.server.core.life;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;
import slipway.service.Service;

/**
 * One version of a service: the life of its bundle.
 *
 * <pre>
 *            start            started
 *  STOPPED ────────▶ STARTING ────────▶ ACTIVE
 *     ▲                  │ failed          │ stop
 *     │     stopped      ▼                 │
 *     └───────────── STOPPING ◀────────────┘
 * </pre>
 *
 * <p>Belongs to the control thread. It does as its {@link ServiceEntry} says and decides nothing.
 */
final class Version {

  private static final Logger LOG = LoggerFactory.getLogger(Version.class);

  enum Phase {
    STOPPED,
    STARTING,
    ACTIVE,
    STOPPING
  }

  private final String name;
  private final Provider provider;
  private final Listener listener;
  private final ScheduledExecutorService control;
  private final Failure failure;
  private final Proof proof = new Proof();
  private final Alarm late;
  private Phase phase = Phase.STOPPED;
  private Standing standing = Standing.AVAILABLE;
  private ActiveVersion active;
  private Drain drain;
  private boolean persistent;

  /** How many users were asked to leave before it was last started. */
  private int closedBefore;

  private Duration stopLimit = ServiceSettings.DEFAULT.stopTimeout();

  /** The time limit of the start or the stop that is under way, or was last. */
  private Duration limit = Duration.ZERO;

  /** Is told, on the control thread, what happens to a version unasked. */
  interface Listener {
    /** It has come to another phase, or is late. */
    void changed();

    /** Its last user has left, perhaps not for long. */
    void idle(Version left);

    /** It could not take up a connection; says whether another one serves now. */
    boolean rejected(ActiveVersion version, String reason);
  }

  /** Makes a version that is stopped. */
  Version(
      String name,
      Provider provider,
      Listener listener,
      ScheduledExecutorService control,
      LongSupplier nanos) {
    this.name = name;
    this.provider = provider;
    this.listener = listener;
    this.control = control;
    this.failure = new Failure(nanos);
    this.late = new Alarm(control);
  }

  Provider provider() {
    return provider;
  }

  Phase phase() {
    return phase;
  }

  boolean is(Phase asked) {
    return phase == asked;
  }

  /** Whether it is neither stopped nor active. */
  boolean isOnItsWay() {
    return phase == Phase.STARTING || phase == Phase.STOPPING;
  }

  /** What serves while it is ACTIVE, and until it has stopped; null otherwise. */
  ActiveVersion active() {
    return active;
  }

  /** How users are brought to leave it; null unless it is ACTIVE, or stops after it was. */
  Drain drain() {
    return drain;
  }

  Failure failure() {
    return failure;
  }

  Proof proof() {
    return proof;
  }

  int users() {
    return active == null ? 0 : active.users().count();
  }

  /** How many users were asked to leave, ever. */
  int closed() {
    return closedBefore + (drain == null ? 0 : drain.closed());
  }

  /** Whether a connection has been served by it. */
  boolean isProven() {
    return proof.isAccepted();
  }

  /** Whether it could not be started, or could not serve its first connection. */
  boolean isUnfit() {
    return failure.isUnfit();
  }

  /** Whether it may serve: nothing is known against it, and its bundle is to stay. */
  boolean isEligible() {
    return standing == Standing.AVAILABLE && !isUnfit();
  }

  Standing standing() {
    return standing;
  }

  /** It could not serve its first connection, or its bundle cannot be resolved. */
  void reject(String reason) {
    failure.unfit(reason);
    logFailure();
  }

  /** Its bundle is to go, whatever comes. */
  void withdraw() {
    if (standing == Standing.AVAILABLE) {
      standing = Standing.WITHDRAWN;
    }
  }

  /** Says that it is not needed any more; true the first time. */
  boolean release() {
    boolean first = standing != Standing.RELEASED;
    standing = Standing.RELEASED;
    return first;
  }

  /**
   * Starts it.
   *
   * @param trial whether it is to be shown that it serves, before it takes another one's place
   */
  void start(boolean persistently, ServiceSettings settings, boolean trial) {
    phase = Phase.STARTING;
    persistent = persistently;
    stopLimit = settings.stopTimeout();
    limit = settings.startTimeout();
    String within = "it did not start within " + Durations.format(limit);
    late.set(limit, () -> failed(() -> failure.unfit(within + provider.because())));
    start(trial);
  }

  private void start(boolean trial) {
    provider
        .start(persistent, limit, trial)
        .whenCompleteAsync((service, thrown) -> started(service, thrown, trial), control);
  }

  private void started(Service service, Throwable thrown, boolean trial) {
    if (service != null && provider.hasWithdrawn()) {
      start(trial);
      return;
    }
    late.callOff();
    if (service == null) {
      if (!isUnfit()) { // the failure that follows from being late tells less
        reject(thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
      }
      stop(stopLimit); // a bundle that is active without its service would be neither
    } else {
      failure.clear();
      phase = Phase.ACTIVE;
      active =
          new ActiveVersion(
              name,
              provider.version(),
              provider.bundleId(),
              service,
              proof,
              left -> control.execute(() -> idle(left)),
              (failed, reason) -> control.execute(() -> listener.rejected(failed, reason)));
      drain = new Drain(active, control, this::overdue);
      LOG.info("{} {} is active, bundle {}", name, provider.version(), provider.bundleId());
    }
    listener.changed();
  }

  private void idle(ActiveVersion left) {
    if (left == active) {
      listener.idle(this);
    }
  }

  private void overdue(int users) {
    LOG.warn("{}: {} users did not leave in time: stopped", name, users);
    stop(stopLimit);
    listener.changed();
  }

  /** Lets the framework keep its bundle started. */
  void persist() {
    if (!persistent) {
      persistent = true;
      provider.persist();
    }
  }

  void stop(Duration within) {
    phase = Phase.STOPPING;
    limit = within;
    if (drain != null) {
      drain.over();
    }
    String reason = "it did not stop within " + Durations.format(limit);
    late.set(limit, () -> failed(() -> failure.stuck(reason)));
    provider.stop(limit).whenCompleteAsync((done, thrown) -> stopped(thrown), control);
  }

  private void stopped(Throwable thrown) {
    late.callOff();
    if (thrown != null) {
      failure.stuck("it did not stop: " + thrown.getMessage());
      logFailure();
    } else if (active != null) {
      LOG.info("{} {} is stopped, bundle {}", name, provider.version(), provider.bundleId());
    }
    phase = Phase.STOPPED;
    closedBefore = closed();
    active = null;
    drain = null;
    listener.changed();
  }

  /** Waiters learn it at the deadline; the bundle may still get there. */
  private void failed(Runnable noted) {
    noted.run();
    logFailure();
    listener.changed();
  }

  /**
   * Looks again whether its bundle resolves, which it did not: it is fit again, or gets the present
   * reason.
   */
  void resolveAgain() {
    provider
        .resolve()
        .whenCompleteAsync(
            (why, thrown) -> {
              if (phase == Phase.STOPPED && isUnfit() && thrown == null) {
                if (why.isEmpty()) {
                  failure.clear();
                } else if (!why.equals(failure.reason())) {
                  reject(why);
                }
                listener.changed();
              }
            },
            control);
  }

  /** What has to end before anything else can be done with it; empty for nothing. */
  Optional<Awaited> awaited() {
    return Awaited.of(name + " " + provider.version(), phase, limit);
  }

  private void logFailure() {
    LOG.error("{} {}: {}", name, provider.version(), failure.reason());
  }
}

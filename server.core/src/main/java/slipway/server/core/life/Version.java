package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;
import slipway.service.GoingAway;
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
  private final Runnable changed;
  private final Consumer<Version> idle;
  private final BiConsumer<ServiceVersion, String> rejected;
  private final ScheduledExecutorService control;
  private final Failure failure;
  private Phase phase = Phase.STOPPED;
  private ServiceVersion active;
  private Future<?> deadline;
  private Future<?> drained;
  private boolean persistent;
  private boolean proven;
  private boolean unfit;
  private boolean withdrawn;
  private boolean dismissed;
  private int closed;
  private Duration stopLimit = ServiceSettings.DEFAULT.stopTimeout();

  /** In which time the start or the stop has to end that is under way, or was last. */
  private Duration limit = Duration.ZERO;

  /**
   * Makes a version that is stopped.
   *
   * @param changed called on the control thread after each change that nobody has asked for
   * @param idle called on the control thread when its last user has left, perhaps not for long
   * @param rejected called on the control thread when it could not take up a connection
   */
  Version(
      String name,
      Provider provider,
      Runnable changed,
      Consumer<Version> idle,
      BiConsumer<ServiceVersion, String> rejected,
      ScheduledExecutorService control,
      LongSupplier nanos) {
    this.name = name;
    this.provider = provider;
    this.changed = changed;
    this.idle = idle;
    this.rejected = rejected;
    this.control = control;
    this.failure = new Failure(nanos);
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

  /** The version while it is ACTIVE, and until it has stopped; null otherwise. */
  ServiceVersion active() {
    return active;
  }

  Failure failure() {
    return failure;
  }

  int users() {
    return active == null ? 0 : active.users().count();
  }

  /** Whether a connection has been served by it. */
  boolean isProven() {
    return proven;
  }

  void prove() {
    proven = true;
  }

  /** Whether it could not be started, or could not serve its first connection. */
  boolean isUnfit() {
    return unfit && failure.isSet();
  }

  /** It could not serve its first connection, or its bundle cannot be resolved. */
  void reject(String reason) {
    unfit = true;
    fail(reason);
  }

  /** Its bundle is to go, whatever comes. */
  void withdraw() {
    withdrawn = true;
  }

  boolean isWithdrawn() {
    return withdrawn;
  }

  /** Whether it may serve, as its bundle neither is to go nor goes already. */
  boolean isAvailable() {
    return !withdrawn && !dismissed;
  }

  /** Says that it is not needed any more; true the first time. */
  boolean dismiss() {
    boolean first = !dismissed;
    dismissed = true;
    return first;
  }

  /** Asks all users to leave now, and lets nobody in. */
  void revoke(GoingAway.Reason reason) {
    if (!active.isRevoked()) {
      closed += users();
      active.say(Parting.now(reason));
    }
  }

  /** Tells its users that they have to leave, unless they know. */
  void announce(GoingAway.Reason reason, Duration patience) {
    if (active.said() == null) {
      active.say(Parting.within(reason, patience));
    }
  }

  /** Another version serves, to which its users are handed over as far as that can be done. */
  void replacedBy(Version next, Duration patience) {
    active.succeededBy(next.active());
    active.users().drain();
    if (active.goingAway().isEmpty()) {
      active.goesAway(Parting.within(GoingAway.Reason.REPLACED, patience));
    }
  }

  /** How many users were asked to leave, ever. */
  int closed() {
    return closed;
  }

  /**
   * Starts it.
   *
   * @param proof whether it is to be shown that it serves, before it takes another one's place
   */
  void start(boolean persistently, ServiceSettings settings, boolean proof) {
    phase = Phase.STARTING;
    unfit = false;
    persistent = persistently;
    stopLimit = settings.stopTimeout();
    Duration limit = settings.startTimeout();
    expect(Phase.STARTING, "start", limit);
    provider.start(persistently, limit, proof).whenCompleteAsync(this::started, control);
  }

  private void started(Service service, Throwable thrown) {
    cancelDeadline();
    if (service == null) {
      unfit = true;
      if (!failure.isSet()) { // what came of being late tells less
        fail(thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
      }
      stop(stopLimit); // a bundle that is active without its service would be neither
    } else {
      failure.clear();
      phase = Phase.ACTIVE;
      active =
          new ServiceVersion(
              name,
              provider.version(),
              provider.bundleId(),
              service,
              left -> control.execute(() -> idle(left)),
              (failed, reason) -> control.execute(() -> rejected.accept(failed, reason)));
      LOG.info("{} {} is active, bundle {}", name, provider.version(), provider.bundleId());
    }
    changed.run();
  }

  private void idle(ServiceVersion left) {
    if (left == active) {
      idle.accept(this);
    }
  }

  /** Lets the framework keep its bundle started. */
  void persist() {
    if (!persistent) {
      persistent = true;
      provider.persist();
    }
  }

  void stop(Duration limit) {
    phase = Phase.STOPPING;
    cancelDeadline();
    expect(Phase.STOPPING, "stop", limit);
    provider.stop(limit).whenCompleteAsync((done, thrown) -> stopped(thrown), control);
  }

  private void stopped(Throwable thrown) {
    cancelDeadline();
    if (thrown != null) {
      fail("it did not stop: " + thrown.getMessage());
    } else if (active != null) {
      LOG.info("{} {} is stopped, bundle {}", name, provider.version(), provider.bundleId());
    }
    phase = Phase.STOPPED;
    active = null;
    changed.run();
  }

  /** Those who wait learn it at the deadline; the bundle may yet come to where it goes. */
  private void expect(Phase during, String verb, Duration limit) {
    this.limit = limit;
    deadline =
        control.schedule(
            () -> {
              deadline = null;
              if (phase == during) {
                unfit = during == Phase.STARTING;
                fail("it did not " + verb + " within " + Durations.format(limit) + because());
                changed.run();
              }
            },
            limit.toMillis(),
            MILLISECONDS);
  }

  private String because() {
    return phase == Phase.STARTING && !provider.awaited().isEmpty()
        ? ": " + provider.awaited()
        : "";
  }

  /** Why its start takes time, while that is under way; empty for nothing known. */
  String remark() {
    return phase == Phase.STARTING ? provider.awaited() : "";
  }

  /**
   * Looks once more whether its bundle resolves, which it did not: it is fit again, or its reason
   * is the present one.
   */
  void resolveAgain() {
    provider
        .resolve()
        .whenCompleteAsync(
            (why, thrown) -> {
              if (phase == Phase.STOPPED && unfit && thrown == null) {
                if (why.isEmpty()) {
                  failure.clear();
                } else if (!why.equals(failure.reason())) {
                  fail(why);
                }
                changed.run();
              }
            },
            control);
  }

  /** Stops it at a deadline although it has users; does nothing if that is agreed already. */
  void stopLater(Duration patience) {
    if (deadline == null) {
      deadline =
          control.schedule(
              () -> {
                deadline = null;
                if (phase == Phase.ACTIVE) {
                  LOG.warn("{}: {} users did not leave in time: stopped", name, users());
                  stop(stopLimit);
                  changed.run();
                }
              },
              patience.toMillis(),
              MILLISECONDS);
    }
  }

  /** Asks its users to leave at a deadline; does nothing if that is agreed already. */
  void revokeLater(Duration patience) {
    if (drained == null && !patience.isZero()) {
      drained =
          control.schedule(
              () -> {
                if (phase == Phase.ACTIVE) {
                  LOG.info(
                      "{} {}: closing {} users that are left after {}",
                      name,
                      provider.version(),
                      users(),
                      Durations.format(patience));
                  revoke(
                      active.goingAway().map(GoingAway::reason).orElse(GoingAway.Reason.DRAINED));
                  stopLater(stopLimit); // for those who do not leave all the same
                }
              },
              patience.toMillis(),
              MILLISECONDS);
    }
  }

  /** Lets users in, whatever was agreed about its end. */
  void reopen() {
    cancelDeadline();
    active.reopen();
  }

  /** What has to end before anything else can be done with it; empty for nothing. */
  Optional<Awaited> awaited() {
    String what = name + " " + provider.version();
    return switch (phase) {
      case STARTING -> Optional.of(Awaited.within(what + " to start", "start.timeout", limit));
      case STOPPING -> Optional.of(Awaited.within(what + " to stop", "stop.timeout", limit));
      case STOPPED, ACTIVE -> Optional.empty();
    };
  }

  private void fail(String reason) {
    failure.set(reason);
    LOG.error("{} {}: {}", name, provider.version(), reason);
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
    if (drained != null) {
      drained.cancel(false);
      drained = null;
    }
  }
}

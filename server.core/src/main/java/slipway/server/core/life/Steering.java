package slipway.server.core.life;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.ServiceState;
import slipway.server.core.life.Version.Phase;
import slipway.service.GoingAway.Reason;

/**
 * Brings the versions of a service nearer to what their {@link Course} says: starts the one that
 * serves, opens or drains what is active, and stops it. Belongs to the control thread.
 */
final class Steering {

  private static final Logger LOG = LoggerFactory.getLogger(Steering.class);

  private final String service;
  private final Supplier<ServiceSettings> settings;
  private final Succession versions;
  private final Demand demand;
  private final Debut debut;
  private final Inheritance inheritance;
  private final Suspension suspension;
  private final Linger linger;

  /** Packages have changed since it was looked whether the bundle that serves resolves. */
  private boolean resolveAgain;

  Steering(
      String service,
      Supplier<ServiceSettings> settings,
      Succession versions,
      Demand demand,
      Debut debut,
      Inheritance inheritance,
      Suspension suspension,
      Linger linger) {
    this.service = service;
    this.settings = settings;
    this.versions = versions;
    this.demand = demand;
    this.debut = debut;
    this.inheritance = inheritance;
    this.suspension = suspension;
    this.linger = linger;
  }

  private ServiceSettings settings() {
    return settings.get();
  }

  Course course(Version version) {
    return Course.of(settings().state(), suspension.isUnderWay(), version == versions.serving());
  }

  /** Whether there is one that serves, and it is to run. */
  boolean isNeeded() {
    Version serving = versions.serving();
    return serving != null
        && course(serving)
            .starts(
                demand.isOpen() || inheritance.isExpected() || debut.wants(serving, settings()));
  }

  /** Starts the version that serves, if it is to run and may. */
  void start(Version serving) {
    if (serving.is(Phase.STOPPED) && isNeeded() && !serving.failure().isSet()) {
      serving.start(settings().state() == ServiceState.FIXED, settings(), debut.isOf(serving));
    }
  }

  /** Lets a version that is ACTIVE take its course. */
  void steer(Version version) {
    Course course = course(version);
    version.active().watchIdle(course.minds());
    switch (course) {
      case OPEN -> {
        version.drain().reopen();
        version.persist();
        demand.serve(version.active());
      }
      case UNTIL_IDLE -> {
        version.drain().reopen();
        demand.serve(version.active());
        if (isDispensable(version) && version.active().users().drainIfIdle()) {
          version.stop(settings().stopTimeout());
        }
      }
      case DRAIN -> drain(version, patience(version));
      case REVOKE -> {
        version.drain().revoke(Reason.LOCKED);
        if (version.users() == 0) {
          version.stop(settings().stopTimeout());
        } else {
          version.drain().endLater(settings().stopTimeout());
        }
      }
    }
  }

  /** Whether nobody has need of the one that serves, which is LOADED, and nobody is expected. */
  private boolean isDispensable(Version serving) {
    return !demand.isWanted()
        && versions.candidate() == null
        && versions.isAlone()
        && serving.users() == 0
        && !linger.lasts(settings().linger());
  }

  /** Lets nobody in, and stops it when nobody is in. */
  private void drain(Version version, Duration patience) {
    if (version == versions.serving() || isToBeTold(version)) {
      version.drain().announce(Reason.DRAINED, patience);
    }
    version.active().users().drain();
    if (version.users() == 0) {
      version.stop(settings().stopTimeout());
    } else {
      version.drain().revokeLater(patience, settings().stopTimeout());
    }
  }

  /**
   * Not if its users may move to another version: a user that cannot move is told by the hand-over.
   */
  private boolean isToBeTold(Version replaced) {
    return replaced.active().goingAway().isEmpty() && !inheritance.isOpen();
  }

  /** The time that users have to leave; zero for any. */
  private Duration patience(Version version) {
    if (suspension.isUnderWay()) {
      return settings().drainBound();
    }
    return version == versions.serving() ? Duration.ZERO : settings().drainTimeout();
  }

  // ---- what comes from outside ---------------------------------------------------------------

  /** What a bundle lacked may be there now; a start that is under way may have come too early. */
  void packagesChanged() {
    resolveAgain = true;
  }

  /** If packages have changed, and the version that serves has stopped, it may resolve now. */
  void lookAtPackages() {
    Version serving = versions.serving();
    if (resolveAgain && serving != null && serving.is(Phase.STOPPED)) {
      resolveAgain = false;
      if (serving.provider().bundleState().equals("INSTALLED")) {
        if (isNeeded()) {
          serving.failure().clear(); // starting it shows whether it resolves
        } else if (serving.isUnfit()) {
          serving.resolveAgain();
        }
      }
    }
  }

  /** The bundle of a version that is not to run was started from outside. */
  void stopUnasked(Version started) {
    LOG.warn(
        "bundle {} was started, but {} is {}: stopped again",
        started.provider().bundleId(),
        service,
        settings().state());
    started.stop(settings().stopTimeout());
  }

  /**
   * The bundle of a version has withdrawn its service, and not by our doing.
   *
   * @param loser null if it is none of ours; nothing is done unless it is ACTIVE
   */
  void lose(Version loser) {
    if (loser != null && loser.is(Phase.ACTIVE)) {
      LOG.warn("{}: bundle {} has withdrawn the service", service, loser.provider().bundleId());
      loser.drain().revoke(Reason.DRAINED);
      loser.stop(settings().stopTimeout());
    }
  }

  /** Asks all users of all versions to leave now; says how many there are. */
  int revokeAll() {
    int users = versions.users();
    versions.all().stream()
        .filter(version -> version.drain() != null)
        .forEach(version -> version.drain().revoke(Reason.LOCKED));
    return users;
  }

  // ---- how far it has come -------------------------------------------------------------------

  /** Whether the versions have followed the state, or have failed to. */
  boolean isSettled() {
    Version serving = versions.serving();
    return serving == null
        ? versions.isStopped()
        : isSettled(serving) && versions.candidate() == null && isLockSettled();
  }

  private boolean isSettled(Version serving) {
    return switch (serving.phase()) {
      case STARTING, STOPPING -> serving.failure().isSet();
      case STOPPED -> !isNeeded() || serving.failure().isSet();
      case ACTIVE -> settings().state() != ServiceState.LOCKED;
    };
  }

  private boolean isLockSettled() {
    return settings().state() != ServiceState.LOCKED
        || versions.all().stream()
            .allMatch(some -> some.is(Phase.STOPPED) || some.failure().isSet());
  }

  /** Whether the service is LOCKED and all its versions have stopped. */
  boolean isLockedDown() {
    return settings().state() == ServiceState.LOCKED && versions.isStopped();
  }
}

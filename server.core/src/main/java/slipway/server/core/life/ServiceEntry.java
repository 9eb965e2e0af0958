package slipway.server.core.life;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.Ending;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.server.core.life.Version.Phase;
import slipway.service.GoingAway.Reason;

/**
 * One service: the state that it is to have, and its versions.
 *
 * <p>New connections go to the version that serves. A newer one is started beside it and takes its
 * place when it has registered its service; then the old one's connections are handed over or
 * drain. The old version is kept until a connection has been served by the new one: should that
 * fail, the old one serves as if nothing had happened.
 *
 * <p>Every event ends in {@link #reconcile}, which takes the steps that bring the versions nearer
 * to the state. Belongs to the control thread; only {@link #admission} is read elsewhere.
 */
final class ServiceEntry implements Version.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceEntry.class);

  /** What users have who would otherwise have any time. */
  private static final Duration BOUND = ServiceSettings.DEFAULT.drainTimeout();

  /** What the entry asks of its owner. */
  interface Owner {
    /** Something changed that connections have to see. */
    void publish();

    /** All users of a WAITLOCKED service have left: its state is LOCKED now. */
    void locked(String name);

    /** Who is told what becomes of bundles. */
    Deployments deployments();

    /** Who moves connections. */
    HandOver handOver();
  }

  private final String name;
  private final Owner owner;
  private final ScheduledExecutorService control;
  private final LongSupplier nanos;
  private final Waiters waiters = new Waiters();
  private final Debut debut = new Debut();
  private final Suspension suspension;
  private final Linger linger;
  private final List<CompletableFuture<Void>> settling = new ArrayList<>();
  private final List<CompletableFuture<Void>> locking = new ArrayList<>();

  /** The newest first. */
  private final List<Version> versions = new ArrayList<>();

  /** Where new connections go, if it is active; null only while there are no versions. */
  private Version serving;

  /** Newer than the one that serves, on its way to take its place; null if there is none. */
  private Version candidate;

  /**
   * Completed when the users of versions that were taken away have been seen to; null if there are
   * none who wait for the version that serves.
   */
  private CompletableFuture<Void> inheritance;

  /** Packages have changed since it was looked whether its bundle resolves. */
  private boolean resolveAgain;

  /** The version of which it was told that it failed and is alone; null for none. */
  private Version alone;

  private ServiceSettings settings = ServiceSettings.DEFAULT;
  private ServiceState configured;

  private String note = "";

  /** An operator started it, or somebody waits for it: it stays until a user has come and gone. */
  private boolean wanted;

  ServiceEntry(String name, Owner owner, ScheduledExecutorService control, LongSupplier nanos) {
    this.name = name;
    this.owner = owner;
    this.control = control;
    this.nanos = nanos;
    this.suspension = new Suspension(name);
    this.linger = new Linger(control, nanos, this::reconcile);
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

  /**
   * A version of it is there.
   *
   * @param fresh whether it was deployed just now, so that it is not known whether it serves
   */
  void add(Provider provider, boolean fresh) {
    Version added =
        new Version(name, provider, this, control, nanos);
    versions.add(added);
    versions.sort(
        Comparator.comparingLong((Version version) -> version.provider().bundleId()).reversed());
    if (serving == null) {
      serving = added;
      expectUsers();
      if (fresh) {
        debut.begin(added);
      } else {
        tellServes();
      }
    } else if (versions.get(0) == added) {
      candidate = added;
    }
    note = "";
    if (!provider.unresolved().isEmpty()) {
      added.reject(provider.unresolved());
    }
    reconcile();
  }

  /** Who deploys is told of the one that serves, and that users may be on their way to it. */
  private void tellServes() {
    owner
        .deployments()
        .serves(
            serving.provider().bundleId(),
            inheritance == null ? CompletableFuture.completedStage(null) : inheritance);
  }

  /** The users of versions that were taken away are to come to the one that serves. */
  private void expectUsers() {
    if (inheritance == null && !isAlone()) {
      inheritance = new CompletableFuture<>();
    }
  }

  /** What operators ought to know, until a new version arrives; empty for nothing. */
  void remark(String text) {
    note = text;
  }

  void remove(Provider provider) {
    versions.removeIf(version -> version.provider() == provider);
    if (candidate != null && candidate.provider() == provider) {
      candidate = null;
    }
    if (serving != null && serving.provider() == provider) {
      serving =
          candidate != null
              ? candidate
              : versions.stream().filter(some -> some.standing() == Standing.AVAILABLE).findFirst().orElse(null);
      candidate = null;
    }
    reconcile();
  }

  /** Its bundle is to go: it drains, and is released when it has stopped. */
  void withdraw(long bundleId) {
    Version leaving = find(bundleId);
    if (leaving == null) {
      return;
    }
    leaving.withdraw();
    if (leaving == candidate) {
      candidate = null;
    } else if (leaving == serving) {
      boolean unseen = candidate != null;
      serving = unseen ? candidate : before(leaving);
      candidate = null;
      if (serving != null && serving.is(Phase.ACTIVE)) {
        serving.active().succeededBy(null);
        serving.drain().reopen();
        owner.deployments().serves(serving.provider().bundleId(), handOver());
      } else if (serving != null) {
        expectUsers();
        if (unseen) {
          debut.begin(serving);
        } else {
          tellServes();
        }
      }
    }
    reconcile();
  }

  /** Its bundle was started by somebody else. */
  void startedFromOutside(Provider provider) {
    Version started = find(provider);
    if (started == null || !started.is(Phase.STOPPED)) {
      return;
    }
    if (settings.state().admits() && started == serving && !suspension.isUnderWay()) {
      wanted = true;
      reconcile();
    } else if (started != candidate) {
      LOG.warn(
          "bundle {} was started, but {} is {}: stopped again",
          provider.bundleId(),
          name,
          settings.state());
      started.stop(settings.stopTimeout());
    }
  }

  /** What its bundle lacked may be there now; a start that is under way may have come too early. */
  void packagesChanged() {
    resolveAgain = true;
    reconcile();
  }

  /** A connection asks for it and did not find it running. */
  void request(CompletableFuture<ServiceLease> waiter) {
    if (!settings.state().admits()) {
      waiter.completeExceptionally(new Refusal(name + " is " + settings.state()));
    } else if (serving == null) {
      waiter.completeExceptionally(Refusal.unknown(name));
    } else if (serving.failure().isFresh() || serving.failure().isSet() && isOnItsWay(serving)) {
      waiter.completeExceptionally(failed());
    } else {
      waiters.add(waiter);
      wanted = true;
      serving.failure().clear();
      reconcile();
    }
  }

  /**
   * Stops all its versions for a while, whatever its state: who uses them has its drain timeout,
   * and who asks for them waits.
   *
   * @return completed when they are stopped; failed, with the reason, if one does not stop
   */
  CompletableFuture<Ending> suspend() {
    int users = versions.stream().mapToInt(Version::users).sum();
    CompletableFuture<Ending> stopped = suspension.begin(users, closed());
    reconcile();
    return stopped;
  }

  private int closed() {
    return versions.stream().mapToInt(Version::closed).sum();
  }

  /** Lets it be in its state again. */
  void resume() {
    suspension.end();
    reconcile();
  }

  @Override
  public void changed() {
    reconcile();
  }

  @Override
  public void rejected(ServiceVersion failed, String reason) {
    reject(failed, reason);
  }

  @Override
  public void idle(Version left) {
    if (left == serving) {
      wanted = false;
    }
    if (settings.state() == ServiceState.LOADED) {
      linger.begin();
    }
    reconcile();
  }

  /** A connection has been served by the version with this proof, which may have stopped since. */
  void proved(Proof proof) {
    Version version =
        versions.stream().filter(some -> some.proof() == proof).findFirst().orElse(null);
    if (version != null && version.proof().accept()) {
      reconcile();
    }
  }

  /**
   * This version could not serve its first connection, as when a class is missing.
   *
   * @return whether another one serves now
   */
  boolean reject(ServiceVersion active, String reason) {
    Version version = find(active);
    if (version == null || version != serving) {
      return serving != null && serving.active() != active;
    }
    if (version.isProven() || before(version) == null) {
      return false;
    }
    version.reject(reason);
    reconcile();
    return true;
  }

  /** The service that its bundle had registered is gone, and not by our doing. */
  void lost(Provider provider) {
    Version loser = find(provider);
    if (loser != null && loser.is(Phase.ACTIVE)) {
      LOG.warn("{}: bundle {} has withdrawn the service", name, provider.bundleId());
      loser.drain().revoke(Reason.DRAINED);
      loser.stop(settings.stopTimeout());
    }
  }

  // ---- what it does --------------------------------------------------------------------------

  private void reconcile() {
    if (resolveAgain && serving != null && serving.is(Phase.STOPPED)) {
      resolveAgain = false;
      if (serving.provider().bundleState().equals("INSTALLED")) {
        if (needed()) {
          serving.failure().clear(); // starting it shows whether it resolves
        } else if (serving.isUnfit()) {
          serving.resolveAgain();
        }
      }
    }
    if (serving != null && serving.isUnfit() && candidate == null) {
      if (before(serving) != null) {
        fallBack();
      } else if (!serving.isProven() && alone != serving) {
        alone = serving;
        owner.deployments().alone(serving.provider().bundleId(), serving.failure().reason());
      }
    } else {
      alone = null;
    }
    debut.keep(serving);
    if (debut.isOver(serving, settings)) {
      debut.end();
      tellServes();
    }
    reconcileCandidate();
    inherit();
    for (Version version : List.copyOf(versions)) {
      if (version == serving) {
        reconcileServing();
      } else if (version != candidate) {
        reconcileRetired(version);
      }
    }
    if (settings.state() == ServiceState.WAITLOCKED && isStopped()) {
      settings = settings.with(ServiceState.LOCKED);
      owner.locked(name);
    }
    refuseWaiters();
    settle();
    owner.publish();
  }

  /** A newer version takes the serving one's place as soon as it runs. */
  private void reconcileCandidate() {
    if (candidate == null) {
      return;
    }
    if (candidate.isUnfit()) {
      Version failed = candidate;
      candidate = overtaken();
      takeOut(failed);
    } else if (candidate.is(Phase.ACTIVE)) {
      promote();
    } else if (candidate.is(Phase.STOPPED)) {
      if (serving.is(Phase.STOPPED) && isUntried()) {
        promote();
      } else if (settings.state().admits()
          && !suspension.isUnderWay()
          && (!isOnItsWay(serving) || serving.isUnfit())) {
        candidate.start(settings.state() == ServiceState.FIXED, settings, true);
      }
    }
  }

  /** Whether new versions take over as they are, and show what they can when somebody asks. */
  private boolean isUntried() {
    return !settings.state().admits()
        || settings.state() == ServiceState.LOADED && !settings.trial();
  }

  private void promote() {
    Version old = serving;
    serving = candidate;
    candidate = null;
    owner.publish(); // from here on nobody enters the old one
    CompletionStage<Void> moved = CompletableFuture.completedStage(null);
    if (serving.is(Phase.ACTIVE)) {
      LOG.info(
          "{}: {} takes over from {}, bundle {} from bundle {}, with {} users",
          name,
          serving.provider().version(),
          old.provider().version(),
          serving.provider().bundleId(),
          old.provider().bundleId(),
          old.users());
      moved = handOver();
    }
    owner.deployments().serves(serving.provider().bundleId(), moved);
  }

  /**
   * From all others, as some users may have stayed with a version further back.
   *
   * @return completed when all users have been seen to
   */
  private CompletionStage<Void> handOver() {
    List<CompletableFuture<Void>> moves = new ArrayList<>();
    for (Version other : versions) {
      if (other != serving && other.is(Phase.ACTIVE)) {
        other.drain().replacedBy(serving.active(), settings.drainTimeout());
        moves.add(
            owner
                .handOver()
                .begin(other.active(), settings.handOffTimeout())
                .toCompletableFuture());
      }
    }
    CompletableFuture<Void> all = CompletableFuture.allOf(moves.toArray(CompletableFuture[]::new));
    if (inheritance != null) {
      CompletableFuture<Void> inherited = inheritance;
      inheritance = null;
      all.thenRun(() -> inherited.complete(null));
    }
    return all;
  }

  /** Users of versions that were taken away come to the one that serves as soon as it runs. */
  private void inherit() {
    if (inheritance == null) {
      return;
    }
    if (serving == null || isAlone()) {
      inheritance.complete(null);
      inheritance = null;
    } else if (serving.is(Phase.ACTIVE)) {
      handOver();
    } else if (serving.failure().isSet() || !needed()) {
      inheritance.complete(null); // they stay where they are, at least for now
    }
  }

  /** The version before serves again; the one that failed is taken out. */
  private void fallBack() {
    Version failed = serving;
    serving = before(failed);
    serving.failure().clear();
    if (serving.is(Phase.ACTIVE)) {
      serving.active().succeededBy(null);
      serving.drain().reopen();
      owner.publish();
      handOver();
    }
    takeOut(failed);
    owner
        .deployments()
        .serves(serving.provider().bundleId(), CompletableFuture.completedStage(null));
  }

  private void takeOut(Version failed) {
    note =
        "version " + failed.provider().version() + " was taken out: " + failed.failure().reason();
    LOG.error("{}: {}", name, note);
    failed.withdraw();
    owner.deployments().failed(failed.provider().bundleId(), failed.failure().reason());
  }

  private void reconcileServing() {
    switch (serving.phase()) {
      case STOPPED -> {
        if (needed() && !serving.failure().isSet()) {
          serving.start(settings.state() == ServiceState.FIXED, settings, debut.isOf(serving));
        }
      }
      case ACTIVE -> steer(serving);
      case STARTING, STOPPING -> {
        // it comes back here
      }
    }
  }

  private Course course(Version version) {
    return Course.of(settings.state(), suspension.isUnderWay(), version == serving);
  }

  private boolean needed() {
    return course(serving)
        .starts(
            wanted
                || !waiters.isEmpty()
                || inheritance != null
                || debut.wants(serving, settings));
  }

  /** Lets a version that is ACTIVE take its course. */
  private void steer(Version version) {
    Course course = course(version);
    version.active().watchIdle(course.minds());
    switch (course) {
      case OPEN -> {
        version.drain().reopen();
        version.persist();
        serveWaiters();
      }
      case UNTIL_IDLE -> {
        version.drain().reopen();
        serveWaiters();
        if (isDispensable() && version.active().users().drainIfIdle()) {
          version.stop(settings.stopTimeout());
        }
      }
      case DRAIN -> drain(version, patience(version));
      case REVOKE -> {
        version.drain().revoke(Reason.LOCKED);
        if (version.users() == 0) {
          version.stop(settings.stopTimeout());
        } else {
          version.drain().endLater(settings.stopTimeout());
        }
      }
    }
  }

  /** Lets nobody in, and stops it when nobody is in. */
  private void drain(Version version, Duration patience) {
    if (version == serving || version.active().goingAway().isEmpty() && !isInheritanceOpen()) {
      version.drain().announce(Reason.DRAINED, patience);
    }
    version.active().users().drain();
    if (version.users() == 0) {
      version.stop(settings.stopTimeout());
    } else {
      version.drain().revokeLater(patience, settings.stopTimeout());
    }
  }

  /** The time that users have who are to leave; zero for any. */
  private Duration patience(Version version) {
    if (suspension.isUnderWay()) {
      return bound();
    }
    return version == serving ? Duration.ZERO : settings.drainTimeout();
  }

  /** Whether nobody has need of the one that serves, which is LOADED, and nobody is expected. */
  private boolean isDispensable() {
    return !wanted
        && candidate == null
        && isAlone()
        && serving.users() == 0
        && !linger.lasts(settings.linger());
  }

  /** Whether no other version has users, who may come to the one that serves. */
  private boolean isAlone() {
    return versions.stream().allMatch(version -> version == serving || version.users() == 0);
  }

  private void serveWaiters() {
    if (waiters.serve(serving.active()) || serving.users() > 0) {
      wanted = false; // from here on its users keep it
    }
  }

  /** A version that was replaced stays while it has users, and until its successor is proven. */
  private void reconcileRetired(Version version) {
    if (version.is(Phase.ACTIVE)) {
      steer(version);
    } else if (version.is(Phase.STOPPED)
        && (version.isUnfit() || version.standing() == Standing.WITHDRAWN || serving != null && serving.isProven())
        && version.release()) {
      owner.deployments().released(version.provider().bundleId());
    }
  }

  /** Whether a version is awaited that may take over the users of those that were taken away. */
  private boolean isInheritanceOpen() {
    return inheritance != null && !inheritance.isDone();
  }

  private void refuseWaiters() {
    if (!settings.state().admits()) {
      waiters.refuse(new Refusal(name + " is " + settings.state()));
    } else if (serving == null) {
      waiters.refuse(Refusal.unknown(name));
    } else if (serving.failure().isSet()) {
      wanted = false;
      waiters.refuse(failed());
    }
  }

  private Refusal failed() {
    return new Refusal(name + " failed to start");
  }

  private void forgetFailure() {
    if (serving != null) {
      serving.failure().clear();
    }
  }

  // ---- its versions --------------------------------------------------------------------------

  private Version find(Provider provider) {
    return versions.stream().filter(some -> some.provider() == provider).findFirst().orElse(null);
  }

  private Version find(long bundleId) {
    return versions.stream()
        .filter(some -> some.provider().bundleId() == bundleId)
        .findFirst()
        .orElse(null);
  }

  private Version find(ServiceVersion active) {
    return versions.stream().filter(some -> some.active() == active).findFirst().orElse(null);
  }

  /** The version that a failed one can be replaced by: the next older that is fit; or null. */
  private Version before(Version version) {
    return versions.stream()
        .skip(versions.indexOf(version) + 1L)
        .filter(Version::isEligible)
        .findFirst()
        .orElse(null);
  }

  /** The newest one that a failed candidate had come before; null if there is none. */
  private Version overtaken() {
    return versions.stream()
        .takeWhile(version -> version != serving)
        .filter(Version::isEligible)
        .findFirst()
        .orElse(null);
  }

  private static boolean isOnItsWay(Version version) {
    return version.is(Phase.STARTING) || version.is(Phase.STOPPING);
  }

  private boolean isStopped() {
    return versions.stream().allMatch(version -> version.is(Phase.STOPPED));
  }

  // ---- what others see -----------------------------------------------------------------------

  /** A stage that is completed when it is LOCKED and all its versions have stopped. */
  CompletableFuture<Void> lockedDown() {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    locking.add(stage);
    settle();
    return stage;
  }

  /** A stage that is completed when the versions have followed the state, or have failed to. */
  CompletableFuture<Void> settled() {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    settling.add(stage);
    settle();
    return stage;
  }

  private void settle() {
    if (serving == null && isStopped()
        || serving != null && isSettled(serving) && candidate == null && isLockSettled()) {
      completeAll(settling);
    }
    if (settings.state() == ServiceState.LOCKED && isStopped()) {
      completeAll(locking);
    }
    suspension.look(isStopped(), closed(), stuck());
  }

  /** Why a version does not stop; empty if none is late. */
  private Optional<String> stuck() {
    return versions.stream()
        .filter(version -> version.is(Phase.STOPPING) && version.failure().isSet())
        .map(version -> version.failure().reason())
        .findFirst();
  }

  private static void completeAll(List<CompletableFuture<Void>> stages) {
    List<CompletableFuture<Void>> done = List.copyOf(stages);
    stages.clear();
    done.forEach(stage -> stage.complete(null));
  }

  private boolean isSettled(Version version) {
    return switch (version.phase()) {
      case STARTING, STOPPING -> version.failure().isSet();
      case STOPPED -> !needed() || version.failure().isSet();
      case ACTIVE -> settings.state() != ServiceState.LOCKED;
    };
  }

  private boolean isLockSettled() {
    return settings.state() != ServiceState.LOCKED
        || versions.stream()
            .allMatch(version -> version.is(Phase.STOPPED) || version.failure().isSet());
  }

  /**
   * What a version waits for before it serves the users of all versions; empty if nothing of this
   * service keeps it.
   */
  Optional<Awaited> awaited(long bundleId) {
    Version asked = find(bundleId);
    if (suspension.isUnderWay()) {
      return suspended();
    } else if (asked == null) {
      return Optional.empty();
    } else if (asked == serving) {
      return asked.awaited().or(this::handedOver);
    } else if (asked != candidate) {
      return Optional.empty();
    } else if (settings.state().admits() || !serving.is(Phase.ACTIVE)) {
      return asked.awaited().or(serving::awaited);
    }
    return locked();
  }

  private Optional<Awaited> handedOver() {
    return isAlone()
        ? Optional.empty()
        : Optional.of(
            Awaited.within(
                "connections of " + name + " to be handed over",
                "handoff.timeout",
                settings.handOffTimeout()));
  }

  /** A newer version takes over when the one that serves has stopped, as the state wants it. */
  private Optional<Awaited> locked() {
    Duration stop = settings.stopTimeout();
    return Optional.of(
        settings.state() == ServiceState.LOCKED
            ? Awaited.within("connections of " + name + " to end", "stop.timeout", stop).and(stop)
            : new Awaited(
                    "connections of " + name + " to end, as it is " + settings.state(), bound())
                .and(stop));
  }

  /** What it waits for while something below its bundles is replaced; empty if nothing is. */
  Optional<Awaited> suspended() {
    return !suspension.isUnderWay()
        ? Optional.empty()
        : Optional.of(
            Awaited.within("connections of " + name + " to end", "drain.timeout", bound())
                .and(settings.startTimeout())
                .and(settings.stopTimeout().multipliedBy(2)));
  }

  /** The time that users have to leave, where there has to be one. */
  private Duration bound() {
    return settings.drainTimeout().isZero() ? BOUND : settings.drainTimeout();
  }

  ServiceState state() {
    return settings.state();
  }

  /** The state that its configuration says; null if it has none. */
  ServiceState configured() {
    return configured;
  }

  /** Whether the one that serves is being started, and has not failed to be. */
  boolean isStarting() {
    return serving != null && serving.is(Phase.STARTING) && !serving.failure().isSet();
  }

  /** Closes the connections of all its versions, as it is to be LOCKED. */
  void revoke() {
    versions.stream()
        .filter(version -> version.drain() != null)
        .forEach(version -> version.drain().revoke(Reason.LOCKED));
  }

  /** Whether nothing would be lost by forgetting it. */
  boolean isForgettable() {
    return configured == null && versions.isEmpty();
  }

  Admission admission() {
    return new Admission(
        settings.state(),
        serving != null && serving.is(Phase.ACTIVE) ? serving.active() : null,
        serving != null);
  }

  /** The one that serves first, then the others that have users or are on their way. */
  List<ServiceStatus> statuses() {
    List<ServiceStatus> statuses =
        Stream.concat(
                Stream.ofNullable(serving),
                versions.stream()
                    .filter(version -> version != serving && !version.is(Phase.STOPPED)))
            .map(this::status)
            .toList();
    return statuses.isEmpty()
        ? List.of(new ServiceStatus(name, 0, settings.state(), "", -1, "", "no bundle provides it"))
        : statuses;
  }

  private ServiceStatus status(Version version) {
    Provider provider = version.provider();
    return new ServiceStatus(
        name,
        version.users(),
        settings.state(),
        provider.version(),
        provider.bundleId(),
        bundleState(version),
        version.failure().isSet() ? version.failure().reason() : remark(version));
  }

  /** A bundle can be ACTIVE already, or still, while its service is not there. */
  private static String bundleState(Version version) {
    return isOnItsWay(version) ? version.phase().name() : version.provider().bundleState();
  }

  private String remark(Version version) {
    if (suspension.isUnderWay()) {
      return "drains: a library that it uses is replaced";
    }
    if (version.is(Phase.STARTING) && !version.provider().awaited().isEmpty()) {
      return version.provider().awaited();
    }
    if (version == serving) {
      return note;
    }
    return version == candidate ? "on its way to take over" : "replaced; drains";
  }
}

package slipway.server.core.life;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.Ending;
import slipway.admin.ServiceState;
import slipway.server.core.life.Version.Phase;

/**
 * One service: the state that it is to have, and its versions.
 *
 * <p>New connections go to the version that serves. A newer one is started beside it and takes its
 * place when it has registered its service; then the old one's connections are handed over or
 * drain. The old version is kept until a connection has been served by the new one: should that
 * fail, the old one serves as if nothing had happened.
 *
 * <p>Every event ends in {@link #reconcile}, which takes the steps that bring the versions nearer
 * to the state.
 *
 * <pre>
 *  events ──▶ reconcile ──asks──▶ Succession    which version serves, and which is to
 *                │                Demand        whether somebody waits
 *                │                Debut         whether a first version is to be tried
 *                │                Linger        whether the last user left just now
 *                │                Suspension    whether all are to stop for a while
 *                │                Inheritance   whether users of other versions are to come
 *                ├──▶ Takeover    one version gives way to another
 *                └──▶ Steering    each takes its Course
 * </pre>
 *
 * <p>Belongs to the control thread.
 */
final class ServiceEntry implements Version.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceEntry.class);

  private final String name;
  private final Surroundings around;
  private final Runnable reconciled;
  private final ScheduledExecutorService control;
  private final LongSupplier nanos;
  private final Succession versions = new Succession();
  private final Demand demand;
  private final Inheritance inheritance;
  private final Suspension suspension;
  private final Linger linger;
  private final Takeover takeover;
  private final Steering steering;
  private final Quota quota;
  private final EntryView view;
  private ServiceSettings settings = ServiceSettings.DEFAULT;
  private ServiceState configured;

  /**
   * Makes one without a bundle and without a configuration.
   *
   * @param published called when connections have to see what has changed, before all is done
   * @param reconciled called when all is done, for those that wait for the outcome
   */
  ServiceEntry(
      String name,
      Surroundings around,
      Runnable published,
      Runnable reconciled,
      ScheduledExecutorService control,
      LongSupplier nanos) {
    this.name = name;
    this.around = around;
    this.reconciled = reconciled;
    this.control = control;
    this.nanos = nanos;
    Supplier<ServiceSettings> current = () -> settings;
    this.demand = new Demand(name);
    SuccessorStart start = new SuccessorStart(control, this::reconcile);
    this.inheritance = new Inheritance(versions, around::handOver, start);
    this.suspension = new Suspension(name);
    this.linger = new Linger(control, nanos, this::reconcile);
    this.quota = new Quota(name);
    this.view = new EntryView(name, current, versions, suspension, quota);
    Debut debut = new Debut();
    this.takeover =
        new Takeover(name, around, published, current, versions, debut, inheritance, view);
    this.steering =
        new Steering(name, current, versions, demand, debut, inheritance, suspension, linger);
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
      demand.want(changed.state() == ServiceState.LOADED);
    }
    tryAgain();
  }

  /** Its configuration is gone. */
  void unconfigure() {
    configured = null;
    settings = ServiceSettings.DEFAULT;
    tryAgain();
  }

  /** An operator gave it the state that it has: start it, if the state allows that. */
  void insist() {
    demand.want(settings.state() == ServiceState.LOADED);
    tryAgain();
  }

  private void tryAgain() {
    quota.limit(settings.maxConnections());
    if (versions.serving() != null) {
      versions.serving().failure().clear();
    }
    reconcile();
  }

  /**
   * A version of it is there.
   *
   * @param fresh whether it was deployed just now, so that it is not known whether it serves
   */
  void add(Provider provider, boolean fresh) {
    Version added = new Version(name, provider, this, control, nanos);
    takeover.add(added, fresh);
    if (!provider.unresolved().isEmpty()) {
      added.reject(provider.unresolved());
    }
    reconcile();
  }

  void remove(Provider provider) {
    versions.remove(provider);
    reconcile();
  }

  /** Its bundle is to go: it drains, and is released when it has stopped. */
  void withdraw(long bundleId) {
    Version leaving = versions.find(some -> some.provider().bundleId() == bundleId);
    if (leaving != null) {
      takeover.withdraw(leaving);
      reconcile();
    }
  }

  /** Its bundle was started from outside. */
  void startedFromOutside(Provider provider) {
    Version started = versions.find(some -> some.provider() == provider);
    if (started == null || !started.is(Phase.STOPPED)) {
      return;
    }
    if (started == versions.serving() && steering.course(started).admits()) {
      demand.want(true);
      reconcile();
    } else if (started != versions.candidate()) {
      steering.stopUnasked(started);
    }
  }

  /** What its bundle lacked may be there now; a start that is under way may have come too early. */
  void packagesChanged() {
    steering.packagesChanged();
    reconcile();
  }

  /** A connection asks for it and did not find it running. */
  void request(CompletableFuture<ServiceLease> waiter) {
    if (demand.ask(waiter, settings.state(), versions.serving())) {
      tryAgain();
    }
  }

  /**
   * Stops all its versions for a while, whatever its state: their users have its drain timeout, and
   * clients that ask for it wait. Does nothing more if that is under way.
   *
   * @return completed when they are stopped; failed, with the reason, if one does not stop
   */
  CompletableFuture<Ending> suspend() {
    CompletableFuture<Ending> stopped = suspension.begin(versions);
    reconcile();
    return stopped;
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
  public void idle(Version left) {
    if (left == versions.serving()) {
      demand.want(false);
    }
    if (settings.state() == ServiceState.LOADED) {
      linger.begin();
    }
    reconcile();
  }

  /** A connection has been served by the version with this proof, which may have stopped since. */
  void proved(Proof proof) {
    Version proven = versions.find(some -> some.proof() == proof);
    if (proven != null && proven.proof().accept()) {
      reconcile();
    }
  }

  /**
   * This version could not serve its first connection, as when a class is missing.
   *
   * @return whether another one serves now
   */
  @Override
  public boolean rejected(ActiveVersion failed, String reason) {
    Version serving = versions.serving();
    if (serving == null || serving.active() != failed) {
      return serving != null;
    }
    if (serving.isProven() || !versions.hasFallBack()) {
      return false;
    }
    serving.reject(reason);
    reconcile();
    return true;
  }

  /** The service that its bundle had registered is gone, and not by our doing. */
  void lost(Provider provider) {
    steering.lose(versions.find(some -> some.provider() == provider));
  }

  // ---- what it does --------------------------------------------------------------------------

  private void reconcile() {
    steering.lookAtPackages();
    takeover.lookAtServing();
    takeover.lookAtCandidate(suspension.isUnderWay());
    inheritance.look(steering.isNeeded(), settings);
    for (Version version : versions.allButCandidate()) {
      if (version.is(Phase.ACTIVE)) {
        steering.steer(version);
      } else if (version == versions.serving()) {
        steering.start(version);
      } else {
        takeover.release(version);
      }
    }
    if (settings.state() == ServiceState.WAITLOCKED && versions.isStopped()) {
      settings = settings.with(ServiceState.LOCKED);
      around.locked(name);
    }
    demand.look(settings.state(), versions.serving());
    suspension.look(versions);
    reconciled.run();
  }

  // ---- what others see -----------------------------------------------------------------------

  /** Whether the versions have followed the state, or have failed to. */
  boolean isSettled() {
    return steering.isSettled();
  }

  /** Whether it is LOCKED and all its versions have stopped. */
  boolean isLockedDown() {
    return steering.isLockedDown();
  }

  /** The state that its configuration says; null if it has none. */
  ServiceState configured() {
    return configured;
  }

  /** Closes the connections of all its versions, as it is to be LOCKED; says how many there are. */
  int revoke() {
    return steering.revokeAll();
  }

  /** Whether nothing would be lost by forgetting it. */
  boolean isForgettable() {
    return configured == null && versions.isEmpty();
  }

  EntryView view() {
    return view;
  }
}

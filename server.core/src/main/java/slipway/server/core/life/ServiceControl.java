package slipway.server.core.life;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import slipway.admin.Ending;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.thread.Conditions;
import slipway.thread.ControlThread;

/**
 * Owns all services and the one thread on which their states change.
 *
 * <p>Everything that happens to a service (its configuration, its bundles, connections that find it
 * not running, users that leave) is handed to that thread and applied in order. Connections see the
 * result through a table that is replaced as a whole, so that they take no lock.
 */
@Component(service = {ServiceControl.class, Leases.class})
public final class ServiceControl implements Leases {

  private final ScheduledExecutorService control;
  private final LongSupplier nanos;
  private final Map<String, ServiceEntry> entries = new TreeMap<>();
  private final Conditions conditions;
  private final Admissions admissions = new Admissions();
  private final Surroundings around = new Surroundings();
  private final ServiceQueries queries;

  /** For Declarative Services. */
  @Activate
  public ServiceControl() {
    this(ControlThread.named("slipway-control"), System::nanoTime);
  }

  ServiceControl(ScheduledExecutorService control, LongSupplier nanos) {
    this.control = control;
    this.conditions = new Conditions(control);
    this.queries = new ServiceQueries(control, entries);
    this.nanos = nanos;
  }

  @Deactivate
  void deactivate() {
    control.shutdownNow();
  }

  /** The thread on which states change, to see whether it answers. */
  public ScheduledExecutorService thread() {
    return control;
  }

  // ---- for connections -----------------------------------------------------------------------

  @Override
  public CompletionStage<ServiceLease> lease(String text) {
    return admissions.lease(text, (name, waiter) -> control.execute(() -> request(name, waiter)));
  }

  @Override
  public Quota quota(String text) {
    return admissions.quota(text);
  }

  private void request(String name, CompletableFuture<ServiceLease> waiter) {
    there(name)
        .ifPresentOrElse(
            entry -> entry.request(waiter),
            () -> waiter.completeExceptionally(Refusal.unknown(name)));
  }

  @Override
  public void proved(ServiceLease lease) {
    ActiveVersion version = lease.version();
    if (version.proof().show()) {
      control.execute(
          () -> there(version.name()).ifPresent(entry -> entry.proved(version.proof())));
    }
  }

  @Override
  public CompletionStage<ServiceLease> instead(ServiceLease lease, String reason) {
    ActiveVersion version = lease.version();
    CompletableFuture<ServiceLease> waiter = new CompletableFuture<>();
    control.execute(
        () -> {
          ServiceEntry entry = entries.get(version.name());
          if (entry != null && entry.rejected(version, reason)) {
            entry.request(waiter);
          } else {
            waiter.completeExceptionally(new Refusal(version.name() + " failed"));
          }
        });
    return waiter;
  }

  @Override
  public void handOverBy(HandOver mover) {
    around.handOverBy(mover);
  }

  private Optional<ServiceEntry> there(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  // ---- for configurations --------------------------------------------------------------------

  void configure(String name, ServiceSettings settings) {
    control.execute(() -> entry(name).configure(settings));
  }

  void unconfigure(String name) {
    control.execute(
        () -> {
          entry(name).unconfigure();
          forget(name);
        });
  }

  /**
   * Sets what saves that a WAITLOCKED service has become LOCKED.
   *
   * @param listener called with its name by the control thread; must not block
   */
  void whenLocked(Consumer<String> listener) {
    around.whenLocked(listener);
  }

  // ---- for bundles ---------------------------------------------------------------------------

  /** A bundle has come that serves as soon as somebody asks. */
  void add(String name, Provider provider) {
    control.execute(() -> entry(name).add(provider, false));
  }

  /** A bundle has come; by its location it is known whether it was deployed just now. */
  void add(String name, Provider provider, String location) {
    boolean fresh = around.deployments().isNew(location);
    control.execute(() -> entry(name).add(provider, fresh));
  }

  /** Sets what installs and uninstalls bundles. */
  public void deployedBy(Deployments deployer) {
    around.deployedBy(deployer);
  }

  void remove(String name, Provider provider) {
    control.execute(
        () -> {
          entry(name).remove(provider);
          forget(name);
        });
  }

  /** The bundle is to go: its service drains first, and {@link Deployments} are told at the end. */
  public void withdraw(String name, long bundleId) {
    control.execute(() -> there(name).ifPresent(entry -> entry.withdraw(bundleId)));
  }

  /**
   * Stops services for a while, so that what their bundles are wired to can be replaced: users have
   * the services' drain timeouts, and clients that ask for them wait. {@link #resume} ends it.
   *
   * @return completed on the control thread when all have stopped, with what became of their users;
   *     failed, with the reason, if one does not stop
   */
  public CompletableFuture<Ending> suspend(Collection<String> names) {
    CompletableFuture<Ending> all = new CompletableFuture<>();
    control.execute(
        () -> Suspension.all(names.stream().map(name -> entry(name).suspend()).toList(), all));
    return all;
  }

  /** Lets services that were suspended be in their states again. */
  public void resume(Collection<String> names) {
    control.execute(
        () ->
            names.forEach(
                name -> {
                  there(name).ifPresent(ServiceEntry::resume);
                  forget(name);
                }));
  }

  /** There are other packages now: starts what could not be resolved and is to run. */
  public void packagesChanged() {
    control.execute(() -> entries.values().forEach(ServiceEntry::packagesChanged));
  }

  /** Shows operators what they ought to know of a service, until a new version arrives. */
  public void remark(String name, String text) {
    control.execute(() -> there(name).ifPresent(entry -> entry.view().note(text)));
  }

  void startedFromOutside(String name, Provider provider) {
    control.execute(() -> entry(name).startedFromOutside(provider));
  }

  void lost(String name, Provider provider) {
    control.execute(() -> entry(name).lost(provider));
  }

  /** What those who deploy may ask. */
  public ServiceQueries queries() {
    return queries;
  }

  // ---- for operators -------------------------------------------------------------------------

  List<ServiceStatus> statuses() {
    return ask(() -> entries.values().stream().flatMap(e -> e.view().statuses().stream()).toList());
  }

  /** Completed when that is what the name's configuration says; to be cancelled if not needed. */
  CompletableFuture<Void> expect(String name, ServiceState state) {
    return conditions.when(
        () -> there(name).map(ServiceEntry::configured).filter(state::equals).isPresent());
  }

  /** The state that a service's configuration says. */
  Optional<ServiceState> configured(String name) {
    return ask(() -> there(name).map(ServiceEntry::configured));
  }

  /** Starts what the service's state allows to be started; completed when it has settled. */
  CompletableFuture<Void> insist(String name) {
    control.execute(() -> entry(name).insist());
    return conditions.when(() -> there(name).map(ServiceEntry::isSettled).orElse(true));
  }

  /** Completed when the service is LOCKED and all its versions have stopped. */
  CompletableFuture<Void> lockedDown(String name) {
    return conditions.when(() -> there(name).map(ServiceEntry::isLockedDown).orElse(false));
  }

  /** Closes a service's connections; returns how many there were. */
  int revoke(String name) {
    return ask(() -> entry(name).revoke());
  }

  private <T> T ask(Supplier<T> question) {
    return ControlThread.ask(control, question);
  }

  // ---- on the control thread -----------------------------------------------------------------

  private ServiceEntry entry(String name) {
    return entries.computeIfAbsent(
        name,
        added -> new ServiceEntry(added, around, this::publish, this::reconciled, control, nanos));
  }

  private void reconciled() {
    publish();
    conditions.look();
  }

  private void forget(String name) {
    if (entries.containsKey(name) && entries.get(name).isForgettable()) {
      entries.remove(name);
      reconciled();
    }
  }

  private void publish() {
    admissions.publish(entries);
  }
}

package slipway.server.core.life;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import slipway.admin.Ending;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.net.Conditions;
import slipway.net.ControlThread;
import slipway.service.ServiceNames;

/**
 * Owns all services and the one thread on which their states change.
 *
 * <p>Everything that happens to a service (its configuration, its bundles, connections that find it
 * not running, users that leave) is handed to that thread and applied in order. Connections see the
 * result through a table that is replaced as a whole, so that they take no lock.
 */
@Component(service = {ServiceControl.class, Leases.class})
public final class ServiceControl implements Leases {

  private static final Ending NOBODY = new Ending(0, 0);

  private final ScheduledExecutorService control;
  private final LongSupplier nanos;
  private final Map<String, ServiceEntry> entries = new TreeMap<>();
  private final Conditions conditions;
  private volatile Map<String, Admission> table = Map.of();
  private volatile Consumer<String> whenLocked = name -> {};
  private volatile Deployments deployments = Deployments.NONE;
  private volatile HandOver handOver = (from, limit) -> CompletableFuture.completedStage(null);

  /** For Declarative Services. */
  @Activate
  public ServiceControl() {
    this(new ControlThread("slipway-control"), System::nanoTime);
  }

  ServiceControl(ScheduledExecutorService control, LongSupplier nanos) {
    this.control = control;
    this.conditions = new Conditions(control);
    this.nanos = nanos;
  }

  @Deactivate
  void deactivate() {
    control.shutdownNow();
  }

  // ---- for connections -----------------------------------------------------------------------

  @Override
  public CompletionStage<ServiceLease> lease(String text) {
    Optional<String> name = ServiceNames.parse(text);
    Admission admission = name.map(table::get).orElse(null);
    if (admission == null || !admission.provided() && admission.state().admits()) {
      return CompletableFuture.failedFuture(Refusal.unknown(text));
    }
    if (!admission.state().admits()) {
      return CompletableFuture.failedFuture(new Refusal(name.get() + " is " + admission.state()));
    }
    if (admission.version() != null) {
      ServiceLease lease = admission.version().lease();
      if (lease != null) {
        return CompletableFuture.completedFuture(lease);
      }
    }
    CompletableFuture<ServiceLease> waiter = new CompletableFuture<>();
    control.execute(() -> request(name.get(), waiter));
    return waiter;
  }

  private void request(String name, CompletableFuture<ServiceLease> waiter) {
    ServiceEntry entry = entries.get(name);
    if (entry == null) {
      waiter.completeExceptionally(Refusal.unknown(name));
    } else {
      entry.request(waiter);
    }
  }

  @Override
  public void proved(ServiceLease lease) {
    ServiceVersion version = lease.version();
    if (version.proof().show()) {
      control.execute(() -> ifThere(version.name(), entry -> entry.proved(version.proof())));
    }
  }

  @Override
  public CompletionStage<ServiceLease> instead(ServiceLease lease, String reason) {
    ServiceVersion version = lease.version();
    CompletableFuture<ServiceLease> waiter = new CompletableFuture<>();
    control.execute(
        () -> {
          ServiceEntry entry = entries.get(version.name());
          if (entry != null && entry.reject(version, reason)) {
            entry.request(waiter);
          } else {
            waiter.completeExceptionally(new Refusal(version.name() + " failed"));
          }
        });
    return waiter;
  }

  @Override
  public void handOverBy(HandOver mover) {
    handOver = mover;
  }

  private void ifThere(String name, Consumer<ServiceEntry> action) {
    ServiceEntry entry = entries.get(name);
    if (entry != null) {
      action.accept(entry);
    }
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
   * Says who saves that a WAITLOCKED service has become LOCKED.
   *
   * @param listener called with its name by the control thread; must not block
   */
  void whenLocked(Consumer<String> listener) {
    whenLocked = listener;
  }

  // ---- for bundles ---------------------------------------------------------------------------

  /** A bundle has come that serves as soon as somebody asks. */
  void add(String name, Provider provider) {
    control.execute(() -> entry(name).add(provider, false));
  }

  /** A bundle has come; by its location it is known whether it was deployed just now. */
  void add(String name, Provider provider, String location) {
    boolean fresh = deployments.isNew(location);
    control.execute(() -> entry(name).add(provider, fresh));
  }

  /** Services on their way to be started, which have not failed to be. */
  public Set<String> starting() {
    return ControlThread.ask(
        control,
        () ->
            entries.entrySet().stream()
                .filter(entry -> entry.getValue().view().isStarting())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
  }

  /** Says who installs and uninstalls bundles. */
  public void deployedBy(Deployments deployer) {
    deployments = deployer;
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
    control.execute(() -> ifThere(name, entry -> entry.withdraw(bundleId)));
  }

  /**
   * Stops services for a while, so that what their bundles are wired to can be replaced: users have
   * the services' drain timeouts, who asks for them waits. {@link #resume} ends it.
   *
   * @return completed on the control thread when all have stopped, with what became of their users;
   *     failed, with the reason, if one does not stop
   */
  public CompletableFuture<Ending> suspend(Collection<String> names) {
    CompletableFuture<Ending> all = new CompletableFuture<>();
    control.execute(
        () -> {
          List<CompletableFuture<Ending>> each =
              names.stream().map(name -> entry(name).suspend()).toList();
          CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
              .thenApply(
                  done -> each.stream().map(CompletableFuture::join).reduce(NOBODY, Ending::and))
              .whenComplete(
                  (ending, failed) -> {
                    if (failed == null) {
                      all.complete(ending);
                    } else {
                      all.completeExceptionally(failed);
                    }
                  });
        });
    return all;
  }

  /**
   * What a version waits for before it serves the users of all versions; empty if nothing of its
   * service keeps it. May be called from any thread but the control thread.
   */
  public Optional<Awaited> awaited(String name, long bundleId) {
    return ControlThread.ask(
        control,
        () ->
            Optional.ofNullable(entries.get(name))
                .flatMap(entry -> entry.view().awaited(bundleId)));
  }

  /**
   * What services that are suspended wait for, the one that may take longest; empty if none does.
   * May be called from any thread but the control thread.
   */
  public Optional<Awaited> suspended(Collection<String> names) {
    return ControlThread.ask(
        control,
        () ->
            names.stream()
                .map(entries::get)
                .filter(Objects::nonNull)
                .flatMap(entry -> entry.view().suspended().stream())
                .max(Comparator.comparing(Awaited::limit)));
  }

  /** Lets services that were suspended be in their states again. */
  public void resume(Collection<String> names) {
    control.execute(
        () ->
            names.forEach(
                name -> {
                  ifThere(name, ServiceEntry::resume);
                  forget(name);
                }));
  }

  /** There are other packages now: starts what could not be resolved and is to run. */
  public void packagesChanged() {
    control.execute(() -> entries.values().forEach(ServiceEntry::packagesChanged));
  }

  /** Shows operators what they ought to know of a service, until a new version arrives. */
  public void remark(String name, String text) {
    control.execute(() -> ifThere(name, entry -> entry.view().note(text)));
  }

  void startedFromOutside(String name, Provider provider) {
    control.execute(() -> entry(name).startedFromOutside(provider));
  }

  void lost(String name, Provider provider) {
    control.execute(() -> entry(name).lost(provider));
  }

  // ---- for operators -------------------------------------------------------------------------

  List<ServiceStatus> statuses() {
    return ControlThread.ask(
        control,
        () ->
            entries.values().stream().flatMap(entry -> entry.view().statuses().stream()).toList());
  }

  /** Completed when that is what the name's configuration says; to be cancelled if not needed. */
  CompletableFuture<Void> expect(String name, ServiceState state) {
    return conditions.when(
        () -> {
          ServiceEntry entry = entries.get(name);
          return entry != null && entry.configured() == state;
        });
  }

  /** The state that a service's configuration says. */
  Optional<ServiceState> configured(String name) {
    return ControlThread.ask(
        control, () -> Optional.ofNullable(entries.get(name)).map(ServiceEntry::configured));
  }

  /** Starts what the service's state allows to be started; completed when it has settled. */
  CompletableFuture<Void> insist(String name) {
    control.execute(() -> entry(name).insist());
    return conditions.when(() -> !entries.containsKey(name) || entries.get(name).isSettled());
  }

  /** Completed when the service is LOCKED and all its versions have stopped. */
  CompletableFuture<Void> lockedDown(String name) {
    return conditions.when(() -> entries.containsKey(name) && entries.get(name).isLockedDown());
  }

  /** Closes a service's connections; returns how many there were. */
  int revoke(String name) {
    return ControlThread.ask(
        control,
        () -> {
          ServiceEntry entry = entry(name);
          int users = entry.view().statuses().stream().mapToInt(ServiceStatus::refCount).sum();
          entry.revoke();
          return users;
        });
  }

  // ---- on the control thread -----------------------------------------------------------------

  private ServiceEntry entry(String name) {
    return entries.computeIfAbsent(name, this::newEntry);
  }

  private ServiceEntry newEntry(String name) {
    ServiceEntry.Owner owner =
        new ServiceEntry.Owner() {
          @Override
          public void publish() {
            ServiceControl.this.publish();
          }

          @Override
          public void reconciled() {
            ServiceControl.this.publish();
            conditions.look();
          }

          @Override
          public void locked(String locked) {
            whenLocked.accept(locked);
          }

          @Override
          public Deployments deployments() {
            return deployments;
          }

          @Override
          public HandOver handOver() {
            return handOver;
          }
        };
    return new ServiceEntry(name, owner, control, nanos);
  }

  private void forget(String name) {
    if (entries.containsKey(name) && entries.get(name).isForgettable()) {
      entries.remove(name);
      publish();
      conditions.look();
    }
  }

  private void publish() {
    Map<String, Admission> next = new HashMap<>();
    entries.forEach((name, entry) -> next.put(name, entry.view().admission()));
    table = Map.copyOf(next);
  }
}

package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.AcceptorAdmin;
import slipway.admin.AdminException;
import slipway.admin.Ending;
import slipway.admin.RefusedFile;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.admin.ServiceUse;
import slipway.config.ConfigurationStore;
import slipway.config.InvalidConfiguration;
import slipway.server.core.usage.UsageGuard;
import slipway.server.core.watch.Watchdog;
import slipway.service.ServiceNames;

/**
 * The states of services for operators. A state is saved first and takes effect through its
 * configuration, as if an operator had edited the file; so there is one way in which states change.
 */
@Component(immediate = true)
public final class HostServiceAdmin implements ServiceAdmin {

  private static final Logger LOG = LoggerFactory.getLogger(HostServiceAdmin.class);
  private static final long CONFIGURED_SECONDS = 10;

  private final ServiceControl control;
  private final ConfigurationStore store;
  private final UnaryOperator<List<ServiceStatus>> seen;

  /** Held while a state is saved and until it has arrived, so that no older one can overtake it. */
  private final ReentrantLock saving = new ReentrantLock();

  /** For Declarative Services. */
  @Activate
  public HostServiceAdmin(
      @Reference ServiceControl control,
      @Reference ConfigurationStore store,
      @Reference Watchdog watchdog,
      @Reference UsageGuard guard) {
    this(control, store, services -> guard.seen(services.stream().map(watchdog::seen).toList()));
    guard.lockBy(this::lock);
  }

  /**
   * For tests.
   *
   * @param seen adds to services' statuses what is seen of them from outside
   */
  HostServiceAdmin(
      ServiceControl control, ConfigurationStore store, UnaryOperator<List<ServiceStatus>> seen) {
    this.control = control;
    this.seen = seen;
    this.store = store;
    control.whenLocked(
        name -> Thread.ofPlatform().daemon().name("save-" + name).start(() -> saveLocked(name)));
  }

  @Override
  public List<ServiceStatus> services() {
    return seen.apply(control.statuses());
  }

  @Override
  public List<RefusedFile> refusedConfigurations() {
    return store.refusalsExcept(AcceptorAdmin.PID);
  }

  @Override
  public ServiceStatus setState(String text, ServiceState state)
      throws AdminException, InterruptedException {
    String name =
        ServiceNames.parse(text)
            .orElseThrow(
                () -> new AdminException("service " + text + ": allowed is " + ServiceNames.FORM));
    refuseUnknown(name, state);
    saving.lockInterruptibly();
    try {
      if (!isSaved(name, state, !state.admits() || isProvided(name))) {
        throw unknown(name); // it was known by its file, which was deleted meanwhile
      }
    } finally {
      saving.unlock();
    }
    return settled(name, state);
  }

  /**
   * Saves a state and waits until it has arrived.
   *
   * @param mayMake whether a service without a configuration gets one
   * @return false if it has none and may get none; nothing has changed then
   */
  private boolean isSaved(String name, ServiceState state, boolean mayMake)
      throws AdminException, InterruptedException {
    CompletableFuture<Void> configured = control.expect(name, state);
    Map<String, String> changes = Map.of("state", state.name());
    try {
      if (!store.change(ServiceConfig.PID, name, changes)) {
        if (!mayMake) {
          return false;
        }
        store.save(ServiceConfig.PID, name, changes);
      }
      configured.get(CONFIGURED_SECONDS, SECONDS);
      return true;
    } catch (InvalidConfiguration refused) {
      throw new AdminException("service " + name + ": " + refused.getMessage(), refused);
    } catch (IOException failed) {
      throw new AdminException("service " + name + ": not saved: " + failed.getMessage(), failed);
    } catch (TimeoutException | ExecutionException late) {
      throw new AdminException(
          "service " + name + ": saved, but it did not take effect; see the log", late);
    } finally {
      configured.cancel(false);
    }
  }

  private void refuseUnknown(String name, ServiceState state) throws AdminException {
    if (state.admits() && services().stream().noneMatch(service -> service.name().equals(name))) {
      throw unknown(name);
    }
  }

  private AdminException unknown(String name) {
    return new AdminException(
        "no bundle provides the service "
            + name
            + "; there are "
            + services().stream()
                .map(ServiceStatus::name)
                .filter(known -> !known.equals(name))
                .distinct()
                .collect(Collectors.joining(", "))
            + "; LOCKED and WAITLOCKED may be set beforehand");
  }

  private boolean isProvided(String name) {
    return services().stream()
        .anyMatch(service -> service.name().equals(name) && service.bundleId() >= 0);
  }

  @Override
  public Ending lockWithin(String text, Duration timeout)
      throws AdminException, InterruptedException {
    String name = ServiceNames.parse(text).orElse(text);
    int users =
        services().stream()
            .filter(service -> service.name().equals(name))
            .mapToInt(ServiceStatus::refCount)
            .sum();
    setState(text, ServiceState.WAITLOCKED);
    CompletableFuture<Void> down = control.lockedDown(name);
    try {
      down.get(timeout.toNanos(), NANOSECONDS);
      return new Ending(users, 0);
    } catch (TimeoutException late) {
      int closed = control.revoke(name);
      setState(name, ServiceState.LOCKED);
      return new Ending(Math.max(0, users - closed), closed);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public ServiceUse use(String name, Runnable leave) throws AdminException, InterruptedException {
    return Use.of(control, name, leave);
  }

  /** Starting and stopping have deadlines of their own, so that this wait ends. */
  private ServiceStatus settled(String name, ServiceState state)
      throws AdminException, InterruptedException {
    try {
      control.insist(name).get();
    } catch (ExecutionException impossible) {
      throw new AdminException("service " + name + ": " + impossible.getCause(), impossible);
    }
    ServiceStatus status =
        services().stream()
            .filter(service -> service.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new AdminException("service " + name + " is gone"));
    boolean active = status.bundleState().equals("ACTIVE");
    if (state.admits() && !active) {
      throw new AdminException(
          name + " is " + status.state() + ", but does not run: " + status.reason());
    }
    if (state == ServiceState.LOCKED && (active || status.bundleState().equals("STOPPING"))) {
      throw new AdminException(
          name + " is " + status.state() + ", but has not stopped: " + status.reason());
    }
    return status;
  }

  /** Drains a service that uses too much, unless an operator has locked it meanwhile. */
  boolean lock(String name) throws AdminException, InterruptedException {
    saving.lockInterruptibly();
    try {
      return control.configured(name).filter(ServiceState::admits).isPresent()
          && isSaved(name, ServiceState.WAITLOCKED, false);
    } finally {
      saving.unlock();
    }
  }

  /**
   * Unless an operator has given it another state meanwhile, or has deleted its file: it has the
   * state of a service without one then.
   */
  private void saveLocked(String name) {
    saving.lock();
    try {
      if (control.configured(name).equals(Optional.of(ServiceState.WAITLOCKED))) {
        isSaved(name, ServiceState.LOCKED, false);
      }
    } catch (AdminException failed) {
      LOG.error("{} is LOCKED now, but: {}", name, failed.getMessage());
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    } finally {
      saving.unlock();
    }
  }
}

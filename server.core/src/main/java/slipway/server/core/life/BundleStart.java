package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.data.Migrations;
import slipway.service.Readiness;
import slipway.service.Service;

/**
 * One start of a bundle, from when the framework starts it until its service can serve. It belongs
 * to the thread of that start, which waits here and is interrupted at the deadline; what it waits
 * for is reported meanwhile.
 */
final class BundleStart implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BundleStart.class);

  /** How often it is looked whether waiting is of any use. */
  private static final Duration LOOK = Duration.ofMillis(100);

  /** How often components are renewed; what is stale then will not get better. */
  private static final int RENEWALS = 3;

  private final BundleContext context;
  private final Bundle bundle;
  private final String name;
  private final Diagnosis diagnosis;
  private final Consumer<String> awaited;
  private final long end;
  private final StageWait waiting;
  private final Semaphore registered = new Semaphore(0);
  private final ServiceListener listener = this::noticed;
  private int renewals;

  /**
   * Begins to listen; to be made before the bundle is started.
   *
   * @param awaited told, in one line, what keeps the service from serving
   * @param deadline time that all of it may take
   */
  BundleStart(
      BundleContext context,
      Bundle bundle,
      String name,
      Diagnosis diagnosis,
      Consumer<String> awaited,
      Duration deadline)
      throws InvalidSyntaxException {
    this.context = context;
    this.bundle = bundle;
    this.name = name;
    this.diagnosis = diagnosis;
    this.awaited = awaited;
    this.end = System.nanoTime() + deadline.toNanos();
    this.waiting = new StageWait(LOOK, awaited, deadline, end);
    context.addServiceListener(listener, "(service.bundleid=" + bundle.getBundleId() + ")");
  }

  private void noticed(ServiceEvent event) {
    boolean comes =
        event.getType() == ServiceEvent.REGISTERED || event.getType() == ServiceEvent.MODIFIED;
    if (comes && isOurs(event.getServiceReference())) {
      registered.release();
    }
  }

  private boolean isOurs(ServiceReference<?> reference) {
    return isService(reference) && name.equals(reference.getProperty(Service.NAME));
  }

  private boolean isService(ServiceReference<?> reference) {
    return reference.isAssignableTo(context.getBundle(), Service.class.getName());
  }

  @Override
  public void close() {
    context.removeServiceListener(listener);
  }

  /** Waits until the bundle's components know their configurations; its checks may change them. */
  void awaitConfigurations(CompletionStage<Void> announced) throws Exception {
    waiting.await(announced, "", () -> "it waits for Config Admin to tell its configuration");
  }

  /**
   * Renews components that have old values, though all changes have been announced.
   *
   * @return whether there were any; their services come anew then
   */
  boolean renews(StaleComponents components) throws Exception {
    List<ComponentDescriptionDTO> stale = components.of(bundle);
    if (stale.isEmpty() || renewals == RENEWALS) {
      return false;
    }
    renewals++;
    for (ComponentDescriptionDTO component : stale) {
      LOG.info("{}: {} had an old configuration, and is enabled anew", name, component.name);
      waiting.await(
          components.renew(component),
          "",
          () -> "it waits for " + component.name + " to be enabled again");
    }
    return true;
  }

  // ---- the service -----------------------------------------------------------------------------

  /**
   * Waits until the bundle, which is started, has registered its service.
   *
   * @param proof whether it is of no use to wait for a reference that nobody provides now
   * @throws IllegalStateException if it will not come, or has not come in time, with the reason
   */
  ServiceReference<Service> registration(boolean proof) throws InterruptedException {
    ServiceReference<Service> found = find();
    while (found == null) {
      Optional<String> hopeless =
          diagnosis
              .hopeless(bundle)
              .or(this::otherName)
              .or(() -> proof ? diagnosis.missing(bundle) : Optional.empty());
      if (hopeless.isPresent() && find() == null) {
        throw new IllegalStateException(missing(hopeless.get()));
      }
      awaited.accept(diagnosis.of(bundle));
      if (!registered.tryAcquire(LOOK.toMillis(), MILLISECONDS) && System.nanoTime() - end > 0) {
        throw new IllegalStateException(missing(diagnosis.of(bundle)));
      }
      found = find();
    }
    return found;
  }

  @SuppressWarnings("unchecked")
  private ServiceReference<Service> find() {
    for (ServiceReference<?> candidate : registrations()) {
      if (isOurs(candidate)) {
        return (ServiceReference<Service>) candidate;
      }
    }
    return null;
  }

  private ServiceReference<?>[] registrations() {
    ServiceReference<?>[] references = bundle.getRegisteredServices();
    return references == null ? new ServiceReference<?>[0] : references;
  }

  /**
   * It has registered a service, but not the one that its manifest promises. A component's service
   * may be without any properties for a moment: Felix SCR registers it so if its configuration
   * changes just then, and adds them a little later.
   */
  private Optional<String> otherName() {
    for (ServiceReference<?> candidate : registrations()) {
      boolean incomplete =
          candidate.getProperty(Service.NAME) == null
              && diagnosis.declares(bundle, Service.NAME, name);
      if (isService(candidate) && !incomplete) {
        return Optional.of(
            "it has registered "
                + Optional.ofNullable(candidate.getProperty(Service.NAME))
                    .map(other -> "the service " + other)
                    .orElse("a service without a name"));
      }
    }
    return Optional.empty();
  }

  /**
   * The object that serves, which Declarative Services may make only now.
   *
   * @return empty, after a short while, if there is none at this moment: Felix SCR gives none if
   *     the component's configuration changes just then
   * @throws IllegalStateException if there will be none, or is none in time, with the reason
   */
  Optional<Service> service(ServiceReference<Service> reference) throws InterruptedException {
    Optional<Service> service = Optional.ofNullable(context.getService(reference));
    if (service.isEmpty()) {
      boolean over =
          !diagnosis.hasComponents(bundle)
              || diagnosis.hopeless(bundle).isPresent()
              || System.nanoTime() - end > 0;
      if (over) {
        throw new IllegalStateException(missing(diagnosis.of(bundle)));
      }
      awaited.accept("it waits for its component to be made anew");
      registered.tryAcquire(LOOK.toMillis(), MILLISECONDS);
    }
    return service;
  }

  private String missing(String why) {
    if (Thread.currentThread().isInterrupted() && why.isEmpty()) {
      return "it was interrupted while it started";
    }
    return "it has not registered the service " + name + (why.isEmpty() ? "" : ": " + why);
  }

  // ---- whether it can serve --------------------------------------------------------------------

  /**
   * Waits until a service that says when it is ready is so.
   *
   * @throws IllegalStateException if it will not be, or is not in time, with the reason
   */
  void awaitReadiness(Service service) throws Exception {
    if (service instanceof Readiness readiness) {
      CompletionStage<?> ready = readiness.ready();
      if (ready == null) {
        throw new IllegalStateException("it is not ready: its ready() has returned null");
      }
      waiting.await(ready, "it is not ready: ", () -> "it waits for " + text(readiness));
    }
  }

  private static String text(Readiness readiness) {
    String text;
    try {
      text = readiness.awaited();
    } catch (RuntimeException | LinkageError failed) {
      text = "";
    }
    return text == null || text.isBlank() ? "what it does not say" : StageWait.line(text);
  }

  /**
   * Waits until it is known of the bundle's schemas how their migrations have gone.
   *
   * @throws IllegalStateException if one has failed, or it is not known in time, with the reason
   */
  void awaitMigrations() throws Exception {
    ServiceReference<Migrations> reference = context.getServiceReference(Migrations.class);
    Migrations migrations = reference == null ? null : context.getService(reference);
    if (migrations != null) {
      try {
        waiting.await(
            migrations.settled(bundle.getBundleId()),
            "",
            () -> "it waits for the migrations of its schemas");
      } finally {
        context.ungetService(reference);
      }
    }
  }
}

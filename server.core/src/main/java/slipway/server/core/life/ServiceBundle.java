package slipway.server.core.life;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;
import slipway.service.Service;

/**
 * A service bundle in the framework. Starting and stopping run on threads of their own, as a bundle
 * can take as long as it likes; they are interrupted at their deadline.
 */
final class ServiceBundle implements Provider {

  private final BundleContext context;
  private final Bundle bundle;
  private final String name;
  private final String version;
  private final Diagnosis diagnosis;
  private final StaleComponents stale;
  private final FrameworkWiring wiring;
  private final ShippedLibraries libraries;
  private final Supplier<CompletionStage<Void>> announced;
  private final BundleThreads threads;
  private volatile boolean starting;
  private volatile String unresolved = "";

  /** Why its start takes time; left as it was if the start fails. */
  private volatile String awaited = "";

  private volatile ServiceReference<Service> reference;

  /**
   * Makes what starts and stops a bundle.
   *
   * @param stale finds components whose configuration is out of date
   * @param libraries resolve it
   * @param announced gives a stage that is completed when components know their configurations
   * @param deadlines interrupts a start or a stop that is late
   */
  ServiceBundle(
      BundleContext context,
      Bundle bundle,
      String name,
      Diagnosis diagnosis,
      StaleComponents stale,
      FrameworkWiring wiring,
      ShippedLibraries libraries,
      Supplier<CompletionStage<Void>> announced,
      ScheduledExecutorService deadlines) {
    this.context = context;
    this.bundle = bundle;
    this.name = name;
    this.version = bundle.getVersion().toString();
    this.diagnosis = diagnosis;
    this.stale = stale;
    this.wiring = wiring;
    this.libraries = libraries;
    this.announced = announced;
    this.threads = new BundleThreads(name, bundle.getBundleId(), deadlines, this::because);
  }

  String name() {
    return name;
  }

  /** Whether {@link #start} is under way. */
  boolean isStarting() {
    return starting;
  }

  @Override
  public long bundleId() {
    return bundle.getBundleId();
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String bundleState() {
    return switch (bundle.getState()) {
      case Bundle.UNINSTALLED -> "UNINSTALLED";
      case Bundle.INSTALLED -> "INSTALLED";
      case Bundle.RESOLVED -> "RESOLVED";
      case Bundle.STARTING -> "STARTING";
      case Bundle.STOPPING -> "STOPPING";
      default -> "ACTIVE";
    };
  }

  @Override
  public String unresolved() {
    return unresolved;
  }

  /** Tries to resolve it; for a thread that may wait for the framework. */
  void resolveNow() {
    unresolved =
        libraries.resolve(List.of(bundle)) ? "" : new Unresolved(wiring).of(bundle).orElse("");
  }

  @Override
  public CompletionStage<String> resolve() {
    return threads.run(
        "resolve",
        Duration.ofSeconds(10),
        () -> {
          resolveNow();
          return unresolved;
        });
  }

  @Override
  public String awaited() {
    return awaited;
  }

  @Override
  public CompletionStage<Service> start(boolean persistently, Duration deadline, boolean proof) {
    return threads.run("start", deadline, () -> startNow(persistently, deadline, proof));
  }

  private Service startNow(boolean persistently, Duration deadline, boolean proof)
      throws Exception {
    starting = true;
    awaited = "";
    try (BundleStart start =
        new BundleStart(context, bundle, name, diagnosis, text -> awaited = text, deadline)) {
      startBundle(persistently ? 0 : Bundle.START_TRANSIENT);
      start.awaitConfigurations(announced.get());
      Optional<Service> service;
      do {
        service = ready(start, proof);
      } while (service.isEmpty());
      awaited = "";
      return service.get();
    } finally {
      starting = false;
    }
  }

  /**
   * The service that is ready to serve; empty if its component has been made anew meanwhile, as
   * after a change of its configuration.
   */
  private Optional<Service> ready(BundleStart start, boolean proof) throws Exception {
    do {
      reference = start.registration(proof);
      // a check of another version may have come or gone
      start.awaitConfigurations(announced.get());
    } while (start.renews(stale));
    Optional<Service> service = start.service(reference);
    if (service.isPresent()) {
      try {
        start.awaitReadiness(service.get());
      } catch (IllegalStateException notReady) {
        if (reference.getBundle() != null) {
          throw notReady;
        }
      }
    }
    if (proof) {
      start.awaitMigrations();
    }
    return reference.getBundle() == null ? Optional.empty() : service;
  }

  @Override
  public boolean hasWithdrawn() {
    ServiceReference<Service> started = reference;
    return started != null && started.getBundle() == null;
  }

  private void startBundle(int options) throws BundleException {
    try {
      bundle.start(options);
    } catch (BundleException failed) {
      // what resolves now had only met another thread at the framework's locks
      if (failed.getType() != BundleException.RESOLVE_ERROR
          || !libraries.resolve(List.of(bundle))) {
        throw new Unresolved(wiring)
            .of(bundle)
            .<BundleException>map(why -> new BundleException(why, failed.getType(), null))
            .orElse(failed);
      }
      bundle.start(options);
    }
  }

  @Override
  public CompletionStage<Void> stop(Duration deadline) {
    return threads.run(
        "stop",
        deadline,
        () -> {
          if (bundle.getState() != Bundle.UNINSTALLED) {
            releaseService();
            bundle.stop();
          }
          return null;
        });
  }

  private void releaseService() {
    ServiceReference<Service> held = reference;
    reference = null;
    if (held != null) {
      context.ungetService(held);
    }
  }

  @Override
  public void persist() {
    threads.run(
        "persist",
        Duration.ofSeconds(10),
        () -> {
          bundle.start();
          return null;
        });
  }
}

package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.Durations;
import slipway.service.Service;

/**
 * A service bundle in the framework. Starting and stopping run on threads of their own, as a bundle
 * can take as long as it likes; they are interrupted at their deadline.
 */
final class ServiceBundle implements Provider {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceBundle.class);

  /** How far causes are followed, as a service's exception can be its own cause. */
  private static final int MOST_CAUSES = 20;

  private final BundleContext context;
  private final Bundle bundle;
  private final String name;
  private final String version;
  private final Diagnosis diagnosis;
  private final StaleComponents stale;
  private final FrameworkWiring wiring;
  private final ShippedLibraries libraries;
  private final Supplier<CompletionStage<Void>> announced;
  private final ScheduledExecutorService deadlines;
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
    this.deadlines = deadlines;
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
    return elsewhere(
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
    return elsewhere("start", deadline, () -> startNow(persistently, deadline, proof));
  }

  private Service startNow(boolean persistently, Duration deadline, boolean proof)
      throws Exception {
    starting = true;
    awaited = "";
    try (BundleStart start =
        new BundleStart(context, bundle, name, diagnosis, text -> awaited = text, deadline)) {
      startBundle(persistently ? 0 : Bundle.START_TRANSIENT);
      start.awaitConfigurations(announced.get());
      do {
        reference = start.registration(proof);
        // a check of another version may have come or gone
        start.awaitConfigurations(announced.get());
      } while (start.renews(stale));
      Service service = start.service(reference);
      start.awaitReadiness(service);
      if (proof) {
        start.awaitMigrations();
      }
      if (reference.getBundle() == null) {
        throw new IllegalStateException("it has withdrawn the service " + name);
      }
      awaited = "";
      return service;
    } finally {
      starting = false;
    }
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
    return elsewhere(
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
    elsewhere(
        "persist",
        Duration.ofSeconds(10),
        () -> {
          bundle.start();
          return null;
        });
  }

  private <T> CompletionStage<T> elsewhere(String verb, Duration deadline, Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    AtomicBoolean late = new AtomicBoolean();
    Thread worker =
        Thread.ofPlatform()
            .daemon()
            .name(verb + "-" + name + "-" + bundleId())
            .start(() -> complete(result, verb, deadline, late, action));
    // cancelled when it is done, so that nothing holds on to a service that has gone
    Future<?> interruption =
        deadlines.schedule(
            () -> {
              late.set(true);
              worker.interrupt();
            },
            deadline.toMillis(),
            MILLISECONDS);
    result.whenComplete((done, failed) -> interruption.cancel(false));
    return result;
  }

  private <T> void complete(
      CompletableFuture<T> result,
      String verb,
      Duration deadline,
      AtomicBoolean late,
      Callable<T> action) {
    try {
      result.complete(action.call());
    } catch (Throwable failed) { // whatever a service throws, its caller is answered
      LOG.debug("bundle {} of {}: {} failed", bundleId(), name, verb, failed);
      String reason =
          !isInterruption(failed)
              ? reason(failed)
              : late.get() ? late(verb, deadline) : "something has interrupted it";
      result.completeExceptionally(new IllegalStateException(reason, failed));
    }
  }

  private String late(String verb, Duration deadline) {
    String time = Durations.format(deadline);
    return verb.equals("start")
        ? "it did not start within " + time + (awaited.isEmpty() ? "" : ": " + awaited)
        : "it was interrupted after " + time;
  }

  /**
   * Whether its thread was interrupted; the framework tells that as the cause of what it throws.
   */
  private static boolean isInterruption(Throwable failed) {
    return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .anyMatch(InterruptedException.class::isInstance);
  }

  /** One line: what an operator needs of an exception that can be pages long. */
  private static String reason(Throwable failed) {
    Throwable told =
        failed instanceof BundleException && failed.getCause() != null ? failed.getCause() : failed;
    String message = told.getMessage() == null ? told.toString() : told.getMessage();
    String line = message.lines().findFirst().orElse("").strip();
    return told instanceof BundleException || told instanceof IllegalStateException
        ? line
        : told.getClass().getSimpleName() + ": " + line;
  }
}

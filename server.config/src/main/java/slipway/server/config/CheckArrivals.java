package slipway.server.config;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import slipway.config.ConfigurationCheck;

/**
 * Knows whether all checks that are registered have been asked. Declarative Services may hand one
 * over in another thread than the one that has registered it, and so a little later.
 *
 * <p>Methods may be called from any thread.
 */
final class CheckArrivals {

  /** One that fails to be made is not waited for, as it never comes. */
  private static final long PATIENCE_SECONDS = 2;

  private final Supplier<Collection<? extends ServiceReference<?>>> registered;
  private final Set<ServiceReference<?>> known = ConcurrentHashMap.newKeySet();
  private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();

  /**
   * Makes it; none is known.
   *
   * @param registered gives those that are registered now
   */
  CheckArrivals(Supplier<Collection<? extends ServiceReference<?>>> registered) {
    this.registered = registered;
  }

  /** Of the checks that bundles have registered. */
  static CheckArrivals in(BundleContext context) {
    return new CheckArrivals(
        () -> {
          try {
            return context.getServiceReferences(ConfigurationCheck.class, null);
          } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
          }
        });
  }

  /** One has been asked about all that it is for. */
  void known(ServiceReference<?> check) {
    known.add(check);
    if (areAllKnown()) {
      for (CompletableFuture<Void> next = waiting.poll(); next != null; next = waiting.poll()) {
        next.complete(null);
      }
    }
  }

  /** One is gone. */
  void gone(ServiceReference<?> check) {
    known.remove(check);
  }

  private boolean areAllKnown() {
    return known.containsAll(List.copyOf(registered.get()));
  }

  /** Completed when all that are registered now have been asked, or after a short while. */
  CompletionStage<Void> settled() {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    waiting.add(settled);
    if (areAllKnown()) {
      settled.complete(null);
    }
    settled.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS);
    return settled.whenComplete((done, never) -> waiting.remove(settled));
  }
}

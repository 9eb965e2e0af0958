package slipway.server.core.life;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import slipway.service.ServiceNames;

/**
 * What connections see of services: a table that is replaced as a whole, so that they take no lock.
 * May be read from any thread; published by the control thread.
 */
final class Admissions {

  private volatile Map<String, Admission> table = Map.of();

  /**
   * A lease of the service with a name, from its active version if there is one.
   *
   * @param text the name as the client wrote it
   * @param ask told, in this thread, which connection waits for which service if that has to be
   *     started
   * @return completed, or failed with a {@link Refusal}, unless it was asked
   */
  CompletionStage<ServiceLease> lease(
      String text, BiConsumer<String, CompletableFuture<ServiceLease>> ask) {
    Optional<String> name = ServiceNames.parse(text);
    Admission admission = name.map(table::get).orElse(null);
    if (admission == null || !admission.provided() && admission.state().admits()) {
      return CompletableFuture.failedFuture(Refusal.unknown(text));
    }
    if (!admission.state().admits()) {
      return CompletableFuture.failedFuture(Refusal.locked(name.get(), admission.state()));
    }
    if (admission.version() != null) {
      ServiceLease lease = admission.version().lease();
      if (lease != null) {
        return CompletableFuture.completedFuture(lease);
      }
    }
    CompletableFuture<ServiceLease> waiter = new CompletableFuture<>();
    ask.accept(name.get(), waiter);
    return waiter;
  }

  /** How many connections the service with a name may have. */
  Quota quota(String text) {
    Admission admission = ServiceNames.parse(text).map(table::get).orElse(null);
    return admission == null ? Quota.NONE : admission.quota();
  }

  void publish(Map<String, ServiceEntry> entries) {
    Map<String, Admission> next = new HashMap<>();
    entries.forEach((name, entry) -> next.put(name, entry.view().admission()));
    table = Map.copyOf(next);
  }
}

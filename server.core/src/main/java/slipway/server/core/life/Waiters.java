package slipway.server.core.life;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Connections that wait for a service to be started. Belongs to the control thread. */
final class Waiters {

  private final List<CompletableFuture<ServiceLease>> waiting = new ArrayList<>();

  void add(CompletableFuture<ServiceLease> waiter) {
    waiting.add(waiter);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * Gives a lease to each; those for whom there is none go on waiting.
   *
   * @return whether one has got a lease
   */
  boolean serve(ServiceVersion version) {
    boolean served = false;
    for (CompletableFuture<ServiceLease> waiter : takeAll()) {
      ServiceLease lease = version.lease();
      if (lease == null) {
        waiting.add(waiter);
      } else {
        served = true;
        waiter.complete(lease);
      }
    }
    return served;
  }

  void refuse(Refusal refusal) {
    takeAll().forEach(waiter -> waiter.completeExceptionally(refusal));
  }

  /** A copy, as who is answered may ask again at once. */
  private List<CompletableFuture<ServiceLease>> takeAll() {
    List<CompletableFuture<ServiceLease>> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}

package slipway.server.core.life;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import slipway.admin.ServiceState;

/**
 * Why a service that is LOADED is to run: connections wait for it, or an operator has started it.
 * Belongs to the control thread.
 */
final class Demand {

  private final String service;
  private final List<CompletableFuture<ServiceLease>> waiting = new ArrayList<>();

  /** It stays until a user has come and gone, though nobody waits. */
  private boolean wanted;

  /**
   * Makes one that nobody waits for.
   *
   * @param service its name, for the refusal of clients
   */
  Demand(String service) {
    this.service = service;
  }

  /**
   * A connection asks for the service and did not find it running.
   *
   * @param serving the version that serves; null for none
   * @return false if it was refused; true if it waits, and what has failed before is to be tried
   */
  boolean ask(CompletableFuture<ServiceLease> waiter, ServiceState state, Version serving) {
    if (!state.admits()) {
      waiter.completeExceptionally(closed(state));
    } else if (serving == null) {
      waiter.completeExceptionally(Refusal.unknown(service));
    } else if (serving.failure().isFresh() || serving.failure().isSet() && serving.isOnItsWay()) {
      waiter.completeExceptionally(failed());
    } else {
      waiting.add(waiter);
      wanted = true;
      return true;
    }
    return false;
  }

  /** Says whether it is to run although nobody waits, until a user has come and gone. */
  void want(boolean so) {
    wanted = so;
  }

  /** Whether it is to run for a user who has not come yet. */
  boolean isWanted() {
    return wanted;
  }

  /** Whether it is to be started, if it is not running. */
  boolean isOpen() {
    return wanted || !waiting.isEmpty();
  }

  /** Gives a lease to each client that waits; those for which there is none keep waiting. */
  void serve(ActiveVersion version) {
    for (CompletableFuture<ServiceLease> waiter : takeAll()) {
      ServiceLease lease = version.lease();
      if (lease == null) {
        waiting.add(waiter);
      } else {
        wanted = false; // from here on its users keep it, however soon they leave
        waiter.complete(lease);
      }
    }
    if (version.users().count() > 0) {
      wanted = false;
    }
  }

  /** Refuses all clients that wait, if there is nothing to wait for. */
  void look(ServiceState state, Version serving) {
    if (!state.admits()) {
      refuse(closed(state));
    } else if (serving == null) {
      refuse(Refusal.unknown(service));
    } else if (serving.failure().isSet()) {
      wanted = false;
      refuse(failed());
    }
  }

  private Refusal closed(ServiceState state) {
    return Refusal.locked(service, state);
  }

  private Refusal failed() {
    return new Refusal(service + " failed to start");
  }

  private void refuse(Refusal refusal) {
    takeAll().forEach(waiter -> waiter.completeExceptionally(refusal));
  }

  /** A copy, as a client that is answered may ask again at once. */
  private List<CompletableFuture<ServiceLease>> takeAll() {
    List<CompletableFuture<ServiceLease>> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}

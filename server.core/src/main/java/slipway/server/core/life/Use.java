package slipway.server.core.life;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import slipway.admin.AdminException;
import slipway.admin.ServiceUse;

/** A lease that a tool holds, in the terms of tools: it waits, and is told once that it ends. */
final class Use implements ServiceUse {

  private final ServiceLease lease;

  private Use(ServiceLease lease) {
    this.lease = lease;
  }

  /**
   * Waits for a lease, at most as long as the service may take to start.
   *
   * @param leave called when the version has to stop
   */
  static Use of(Leases leases, String name, Runnable leave)
      throws AdminException, InterruptedException {
    CompletableFuture<ServiceLease> asked = leases.lease(name).toCompletableFuture();
    try {
      ServiceLease lease = asked.get();
      lease.onGoingAway(
          news -> {
            if (news.last()) {
              leave.run();
            }
          });
      return new Use(lease);
    } catch (ExecutionException refused) {
      throw new AdminException(refused.getCause().getMessage(), refused.getCause());
    } catch (InterruptedException left) {
      asked.thenAccept(ServiceLease::close); // it may come later, and nobody wants it then
      throw left;
    }
  }

  @Override
  public long bundleId() {
    return lease.version().bundleId();
  }

  @Override
  public void close() {
    lease.close();
  }
}

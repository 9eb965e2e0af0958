package slipway.server.core.life;

import slipway.service.Service;

/** Leases of services that have no bundle. */
public final class TestLeases {

  private TestLeases() {}

  /** A lease that says when it, and all that were retained from it, are closed. */
  public static ServiceLease lease(String name, Service service, Runnable closed) {
    ServiceVersion version = new ServiceVersion(name, "1.0.0", service, idle -> closed.run());
    version.watchIdle(true);
    return version.lease();
  }
}

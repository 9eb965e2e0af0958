package slipway.server.core.connection;

import slipway.server.core.life.ActiveVersion;
import slipway.server.core.life.ServiceLease;

/**
 * Who serves a connection, at one moment.
 *
 * @param service the name of its service; empty if it has none yet
 * @param version the number of its version; empty if it has none yet
 * @param lease of that version; null if it has none yet, or it is over
 */
record Serving(String service, String version, ServiceLease lease) {

  /** Nobody does yet. */
  static final Serving NONE = new Serving("", "", null);

  /**
   * Whoever a lease is of.
   *
   * @param granted null for nobody
   */
  static Serving by(ServiceLease granted) {
    return granted == null
        ? NONE
        : new Serving(granted.name(), granted.version().version(), granted);
  }

  /** The same names, with nothing of the version. */
  Serving over() {
    return new Serving(service, version, null);
  }

  /** Whether it is this version. */
  boolean isBy(ActiveVersion asked) {
    return lease != null && lease.version() == asked;
  }

  /** Whether it is a version of this bundle. */
  boolean isBy(long bundleId) {
    return lease != null && lease.version().bundleId() == bundleId;
  }
}

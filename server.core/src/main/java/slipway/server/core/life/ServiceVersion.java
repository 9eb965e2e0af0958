package slipway.server.core.life;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import slipway.service.Service;

/**
 * One version of a service while it is active: the object that serves, and who uses it.
 *
 * <p>May be used from any thread.
 */
final class ServiceVersion {

  private final String name;
  private final String version;
  private final Service service;
  private final Consumer<ServiceVersion> idle;
  private final UseCount users = new UseCount();
  private final Set<ServiceLease> leases = ConcurrentHashMap.newKeySet();
  private volatile boolean revoked;
  private volatile boolean watchIdle;

  /**
   * Makes a version that nobody uses.
   *
   * @param idle called, in any thread, each time the last user has left
   */
  ServiceVersion(String name, String version, Service service, Consumer<ServiceVersion> idle) {
    this.name = name;
    this.version = version;
    this.service = service;
    this.idle = idle;
  }

  String name() {
    return name;
  }

  String version() {
    return version;
  }

  Service service() {
    return service;
  }

  UseCount users() {
    return users;
  }

  /**
   * Says whether it matters that the last user leaves. Who turns this on looks at the count
   * afterwards: those who left before are not reported.
   */
  void watchIdle(boolean matters) {
    watchIdle = matters;
  }

  /** A lease for a new user, or null while the version drains. */
  ServiceLease lease() {
    if (!users.enter()) {
      return null;
    }
    ServiceLease lease = new ServiceLease(this);
    leases.add(lease);
    if (revoked) { // by somebody who did not see this lease yet
      lease.revoke();
    }
    return lease;
  }

  void release(ServiceLease lease) {
    leases.remove(lease);
    if (users.leave() && watchIdle) {
      idle.accept(this);
    }
  }

  /** Lets users in again after {@link UseCount#drain} or {@link #revoke}. */
  void reopen() {
    revoked = false;
    users.reopen();
  }

  /** Asks all users to leave now, and lets nobody in. */
  void revoke() {
    users.drain();
    revoked = true;
    leases.forEach(ServiceLease::revoke);
  }
}

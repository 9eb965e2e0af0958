package slipway.server.core.life;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import slipway.service.Lease;
import slipway.service.Service;

/** The right of one user to one version of a service. May be used from any thread. */
public final class ServiceLease implements Lease {

  private static final Runnable REVOKED = () -> {};

  private final ServiceVersion version;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<Runnable> onRevoke = new AtomicReference<>();

  ServiceLease(ServiceVersion version) {
    this.version = version;
  }

  /** Name of the service. */
  public String name() {
    return version.name();
  }

  /** Version of its bundle. */
  public String version() {
    return version.version();
  }

  /** The object that serves. */
  public Service service() {
    return version.service();
  }

  /**
   * Says what to do when the host wants the user to leave at once; done now if it does already.
   *
   * @param action must not block; called once at most, in any thread
   */
  public void onRevoke(Runnable action) {
    if (!onRevoke.compareAndSet(null, action)) {
      action.run();
    }
  }

  /**
   * A further lease of the same version.
   *
   * @throws IllegalStateException if this one is closed and nobody uses the version any more
   */
  public Lease retain() {
    return version.leaseBeside();
  }

  void revoke() {
    Runnable action = onRevoke.getAndSet(REVOKED);
    if (action != null) {
      action.run();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      version.release(this);
    }
  }
}

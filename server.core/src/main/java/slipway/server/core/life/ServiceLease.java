package slipway.server.core.life;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import slipway.service.Lease;
import slipway.service.Service;

/** The right of one user to one version of a service. May be used from any thread. */
public final class ServiceLease implements Lease {

  private static final Runnable REVOKED = () -> {};

  private final ServiceVersion version;
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<Runnable> onRevoke = new AtomicReference<>();

  ServiceLease(ServiceVersion version) {
    this.version = version;
  }

  /** Name of the service. */
  public String name() {
    return version.name();
  }

  /** The version that it is a lease of. */
  public ServiceVersion version() {
    return version;
  }

  /** The object that serves. */
  public Service service() {
    return version.service();
  }

  /**
   * Says what to do when the host wants the user to leave at once; done now if it does already.
   * Only the first word counts.
   *
   * @param action must not block; called once at most, in any thread
   */
  public void onRevoke(Runnable action) {
    if (!onRevoke.compareAndSet(null, action) && onRevoke.get() == REVOKED) {
      action.run();
    }
  }

  /**
   * A further lease for the same user, who counts as one until all of them are closed.
   *
   * @throws IllegalStateException if all of them are closed already
   */
  public Lease retain() {
    holders.getAndUpdate(
        seen -> {
          if (seen == 0) {
            throw new IllegalStateException("the lease of " + name() + " is closed");
          }
          return seen + 1;
        });
    AtomicBoolean given = new AtomicBoolean();
    return () -> release(given);
  }

  void revoke() {
    Runnable action = onRevoke.getAndSet(REVOKED);
    if (action != null) {
      action.run();
    }
  }

  @Override
  public void close() {
    release(closed);
  }

  private void release(AtomicBoolean once) {
    if (once.compareAndSet(false, true) && holders.decrementAndGet() == 0) {
      version.release(this);
    }
  }
}

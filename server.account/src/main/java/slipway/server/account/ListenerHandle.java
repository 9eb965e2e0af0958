package slipway.server.account;

import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import slipway.account.AccountListener;

/**
 * A listener in the service registry. It is fetched when it is needed first: one that itself needs
 * the accounts cannot be fetched while they come up.
 */
final class ListenerHandle {

  private final BundleContext context;
  private final ServiceReference<AccountListener> reference;
  private final AtomicReference<AccountListener> fetched = new AtomicReference<>();
  private volatile boolean released;

  ListenerHandle(BundleContext context, ServiceReference<AccountListener> reference) {
    this.context = context;
    this.reference = reference;
  }

  boolean isOf(ServiceReference<AccountListener> other) {
    return reference.equals(other);
  }

  /** The listener; null if it is gone. One thread calls this. */
  AccountListener get() {
    AccountListener listener = fetched.get();
    if (listener == null && !released) {
      // no lock is held: this may activate a component of another bundle
      listener = context.getService(reference);
      fetched.set(listener);
      if (released) {
        release();
      }
    }
    return listener;
  }

  /** Lets it go, so that its bundle can be unloaded. Any thread may call this. */
  void release() {
    released = true;
    if (fetched.getAndSet(null) != null) {
      context.ungetService(reference);
    }
  }
}

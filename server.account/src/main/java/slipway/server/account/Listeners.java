package slipway.server.account;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.Account;
import slipway.account.AccountListener;
import slipway.account.AddressBan;
import slipway.account.Origin;

/** The listeners to changes. What one of them throws reaches neither the others nor the caller. */
final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<ListenerHandle> handles = new CopyOnWriteArrayList<>();

  void add(ListenerHandle handle) {
    handles.add(handle);
  }

  void remove(ServiceReference<AccountListener> reference) {
    for (ListenerHandle handle : handles) {
      if (handle.isOf(reference)) {
        handles.remove(handle);
        handle.release();
      }
    }
  }

  void changed(Account account) {
    tell(listener -> listener.changed(account));
  }

  void removed(Account account) {
    tell(listener -> listener.removed(account));
  }

  void passwordChanged(Account account, Origin by) {
    tell(listener -> listener.passwordChanged(account, by));
  }

  void addressBanned(AddressBan ban) {
    tell(listener -> listener.addressBanned(ban));
  }

  private void tell(Consumer<AccountListener> change) {
    for (ListenerHandle handle : handles) {
      try {
        AccountListener listener = handle.get();
        if (listener != null) {
          change.accept(listener);
        }
      } catch (RuntimeException | LinkageError failed) {
        LOG.warn("an account listener failed: {}", trace(failed));
      }
    }
  }

  /**
   * The trace as text. The log remembers its latest records, and with the exception it would hold
   * the class loader of a bundle that may be gone.
   */
  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString().stripTrailing();
  }
}

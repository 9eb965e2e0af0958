package slipway.server.account;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import slipway.account.AccountListener;

/** As much of a service registry as listeners need. */
final class FakeRegistry {

  private final Map<ServiceReference<?>, AccountListener> services = new ConcurrentHashMap<>();
  private final Map<ServiceReference<?>, Integer> uses = new ConcurrentHashMap<>();

  /** The context of the bundle that looks services up. */
  BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            FakeRegistry.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getService" -> get((ServiceReference<?>) arguments[0]);
                  case "ungetService" ->
                      uses.merge((ServiceReference<?>) arguments[0], -1, Integer::sum) >= 0;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private AccountListener get(ServiceReference<?> reference) {
    AccountListener service = services.get(reference);
    if (service != null) {
      uses.merge(reference, 1, Integer::sum);
    }
    return service;
  }

  @SuppressWarnings("unchecked")
  ServiceReference<AccountListener> register(AccountListener listener) {
    ServiceReference<AccountListener> reference =
        (ServiceReference<AccountListener>)
            Proxy.newProxyInstance(
                FakeRegistry.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "equals" -> proxy == arguments[0];
                      case "hashCode" -> System.identityHashCode(proxy);
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    services.put(reference, listener);
    return reference;
  }

  int uses(ServiceReference<AccountListener> reference) {
    return uses.getOrDefault(reference, 0);
  }
}

package slipway.server.profile.jfr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import slipway.service.Service;

/**
 * The class loaders of the versions of services. One that was taken out while it was known stays
 * known until it is collected: its threads may still run. May be used from any thread.
 */
final class VersionLoaders implements Supplier<Map<ClassLoader, Owner>> {

  private final BundleContext context;
  private final Map<ClassLoader, Owner> known = new WeakHashMap<>();

  VersionLoaders(BundleContext context) {
    this.context = context;
  }

  @Override
  public synchronized Map<ClassLoader, Owner> get() {
    for (Bundle bundle : context.getBundles()) {
      BundleWiring wiring = isStarted(bundle) ? bundle.adapt(BundleWiring.class) : null;
      if (isOfService(wiring) && wiring.getClassLoader() != null) {
        known.putIfAbsent(wiring.getClassLoader(), Owner.of(bundle));
      }
    }
    return new HashMap<>(known);
  }

  /** Others have no code that runs, and perhaps no class loader yet. */
  private static boolean isStarted(Bundle bundle) {
    return (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING)) != 0;
  }

  private static boolean isOfService(BundleWiring wiring) {
    List<BundleCapability> provided =
        wiring == null ? null : wiring.getCapabilities(Service.NAMESPACE); // null if it went
    return provided != null && !provided.isEmpty();
  }
}

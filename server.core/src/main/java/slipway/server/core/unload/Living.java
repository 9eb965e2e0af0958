package slipway.server.core.unload;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import slipway.service.Service;

/**
 * A bundle that is there, with classes of its own.
 *
 * @param bundleId its id
 * @param shown its symbolic name and its version
 * @param library whether it provides no service
 * @param loader its class loader
 * @param types the names of all classes in it, loaded or not
 */
record Living(
    long bundleId,
    String shown,
    boolean library,
    ClassLoader loader,
    Supplier<Collection<String>> types) {

  private static final String CLASS = ".class";

  /** All of them, except the framework itself. */
  static List<Living> in(BundleContext context) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getBundleId() != 0)
        .map(Living::of)
        .filter(one -> one.loader() != null)
        .toList();
  }

  private static Living of(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return new Living(
        bundle.getBundleId(),
        bundle.getSymbolicName() + " " + bundle.getVersion(),
        wiring == null || wiring.getCapabilities(Service.NAMESPACE).isEmpty(),
        wiring == null ? null : wiring.getClassLoader(),
        () -> types(wiring));
  }

  private static Collection<String> types(BundleWiring wiring) {
    return wiring
        .listResources(
            "/", "*" + CLASS, BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE)
        .stream()
        .map(path -> path.substring(0, path.length() - CLASS.length()).replace('/', '.'))
        .toList();
  }

  /** The ids of the bundles that a bundle uses classes of, also those that these use. */
  static Set<Long> usedBy(BundleWiring wiring) {
    Set<Long> used = new TreeSet<>();
    Queue<BundleWiring> next = new ArrayDeque<>(List.of(wiring));
    while (!next.isEmpty()) {
      List<BundleWire> wires = next.remove().getRequiredWires(null);
      for (BundleWire wire : wires == null ? List.<BundleWire>of() : wires) {
        BundleWiring provider = wire.getProviderWiring();
        if (provider != null && used.add(provider.getBundle().getBundleId())) {
          next.add(provider);
        }
      }
    }
    return used;
  }
}

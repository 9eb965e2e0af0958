package slipway.server.core.deploy;

import java.util.List;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Who uses whom among the bundles: a bundle whose classes are to go is refreshed, and with it all
 * that are wired to it, also over others. May be used from any thread.
 */
final class Wiring {

  private final BundleContext context;

  Wiring(BundleContext context) {
    this.context = context;
  }

  /** Other bundles that would be refreshed with these, in the order of their symbolic names. */
  List<Bundle> dependents(List<Bundle> own) {
    return framework().getDependencyClosure(own).stream()
        .filter(bundle -> !own.contains(bundle))
        .filter(bundle -> Objects.nonNull(bundle.getSymbolicName()))
        .sorted((one, other) -> one.getSymbolicName().compareTo(other.getSymbolicName()))
        .toList();
  }

  /**
   * Begins to refresh a bundle that was uninstalled or updated; the framework does it in a thread
   * of its own.
   *
   * @param refreshed told how it ended
   */
  void refresh(Bundle bundle, FrameworkListener refreshed) {
    framework().refreshBundles(List.of(bundle), refreshed);
  }

  FrameworkWiring framework() {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }
}

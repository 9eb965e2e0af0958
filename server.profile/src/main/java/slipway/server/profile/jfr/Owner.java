package slipway.server.profile.jfr;

import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import slipway.service.Service;

/**
 * Whose some code is.
 *
 * @param service the service that its bundle provides; the bundle's name if it provides none
 * @param version of the bundle; empty for what belongs to no bundle alone
 */
public record Owner(String service, String version) {

  /** The host itself: its bundles and libraries, when no service is on the stack. */
  public static final Owner HOST = new Owner("host", "");

  /** Whether it is a version of a service. */
  public boolean isOf(String name) {
    return service.equals(name) && isOfVersion();
  }

  /** Whether it is a version of any service, and not the host or the JVM. */
  public boolean isOfVersion() {
    return !version.isEmpty();
  }

  /** By the service that a bundle provides, or by its own name if it provides none. */
  public static Owner of(Bundle bundle) {
    String name =
        bundle.adapt(BundleRevision.class).getDeclaredCapabilities(Service.NAMESPACE).stream()
            .map(capability -> String.valueOf(capability.getAttributes().get("name")))
            .findFirst()
            .orElse(bundle.getSymbolicName());
    return new Owner(name, bundle.getVersion().toString());
  }
}

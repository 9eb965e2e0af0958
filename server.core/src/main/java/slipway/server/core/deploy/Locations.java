package slipway.server.core.deploy;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * Where bundles came from. The framework remembers a location for each, and no two bundles have the
 * same one: so it tells what is ours, and lets several versions of a service be installed at once.
 */
final class Locations {

  /** What begins the location of every bundle that came from {@code services/}. */
  private static final String OURS = "slipway:";

  private static final String SERVICES = OURS + "service/";
  private static final String LIBRARIES = OURS + "library/";

  /** What the names of the host's bundles begin with. */
  private static final String HOST = "slipway.";

  private Locations() {}

  /** The location of a version of a service; the numbers tell versions apart. */
  static String service(String name, long number) {
    return SERVICES + name + "/" + number;
  }

  /** The location of a library. */
  static String library(long number) {
    return LIBRARIES + number;
  }

  /** Whether a bundle came from {@code services/}. */
  static boolean isOurs(Bundle bundle) {
    return bundle.getLocation().startsWith(OURS);
  }

  /** Whether a bundle came from {@code services/} and is a version of a service. */
  static boolean isService(Bundle bundle) {
    return bundle.getLocation().startsWith(SERVICES);
  }

  /** Whether a class is of the host or of a service, and not of a library or of the JDK. */
  static boolean isOfHostOrService(Class<?> type) {
    Bundle bundle = FrameworkUtil.getBundle(type);
    return bundle != null
        && (isService(bundle) || !isOurs(bundle) && bundle.getSymbolicName().startsWith(HOST));
  }
}

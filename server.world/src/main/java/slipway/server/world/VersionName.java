package slipway.server.world;

import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import slipway.service.Service;
import slipway.world.WorldService;

/**
 * What a version of a service is called.
 *
 * @param service the name of the service
 * @param version the number of its bundle
 */
record VersionName(String service, String version) {

  /** The bundle of a version. */
  static Bundle bundle(WorldService version) {
    return FrameworkUtil.getBundle(version.getClass());
  }

  /**
   * Asks the framework.
   *
   * @throws IllegalStateException if it is not registered, or its bundle has several services
   */
  static VersionName of(WorldService version) {
    Bundle bundle = bundle(version);
    ServiceReference<?>[] registered = bundle.getRegisteredServices();
    List<String> names =
        registered == null
            ? List.of()
            : Arrays.stream(registered)
                .map(reference -> reference.getProperty(Service.NAME))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .distinct()
                .toList();
    if (names.size() != 1) {
      throw new IllegalStateException(
          "a bundle with worlds is to have one service; it has " + names);
    }
    return new VersionName(names.getFirst(), bundle.getVersion().toString());
  }
}

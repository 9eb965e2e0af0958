package slipway.server.world;

import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import slipway.service.Service;
import slipway.world.WorldService;

/** What the framework knows of a version of a service. */
final class Versions {

  private Versions() {}

  /** Its number, for people; empty outside of a framework. */
  static String of(WorldService version) {
    Bundle bundle = bundle(version);
    return bundle == null ? "" : bundle.getVersion().toString();
  }

  /** Its bundle; null outside of a framework. */
  static Bundle bundle(WorldService version) {
    return FrameworkUtil.getBundle(version.getClass());
  }

  /**
   * The name of its service.
   *
   * @throws IllegalStateException if it is not registered, or its bundle has several services
   */
  static String name(WorldService version) {
    ServiceReference<?>[] registered = bundle(version).getRegisteredServices();
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
    return names.getFirst();
  }
}

package slipway.server.core.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.AdminException;

/**
 * Bundles in {@code services/} that provide no service: what services share. One that is in use is
 * not replaced under its users, as that would restart them all. Belongs to the deployer's thread.
 */
final class Libraries {

  private static final Logger LOG = LoggerFactory.getLogger(Libraries.class);

  private final BundleContext context;
  private final Map<Path, Library> libraries = new HashMap<>();

  private record Library(Bundle bundle, String digest) {}

  Libraries(BundleContext context) {
    this.context = context;
  }

  /**
   * Installs a library, or replaces it if nobody uses it.
   *
   * @throws AdminException if somebody does, or it cannot be installed; nothing was touched then
   */
  void arrived(ServiceJar jar, Path file) throws AdminException, IOException {
    Library present = libraries.get(file);
    if (present != null && present.digest().equals(jar.digest())) {
      return;
    }
    if (present != null) {
      remove(file, present);
    }
    try (InputStream content = Files.newInputStream(file)) {
      Bundle bundle = context.installBundle("slipway:library/" + jar.digest(), content);
      libraries.put(file, new Library(bundle, jar.digest()));
      LOG.info(
          "{}: installed {} {} as bundle {}",
          file.getFileName(),
          bundle.getSymbolicName(),
          bundle.getVersion(),
          bundle.getBundleId());
    } catch (BundleException refused) {
      throw new AdminException("it cannot be installed: " + refused.getMessage(), refused);
    }
  }

  /** Uninstalls a library whose file is gone, or says who keeps it. */
  void departed(Path file) {
    Library present = libraries.get(file);
    try {
      if (present != null) {
        remove(file, present);
      }
    } catch (AdminException used) {
      LOG.warn("{} is gone, but {}", file.getFileName(), used.getMessage());
    }
  }

  private void remove(Path file, Library present) throws AdminException {
    List<String> users = dependents(wiring(), List.of(present.bundle()));
    if (!users.isEmpty()) {
      throw new AdminException(
          "bundle "
              + present.bundle().getBundleId()
              + " stays, as replacing it would restart "
              + String.join(", ", users)
              + "; it can be replaced while the host does not run");
    }
    try {
      present.bundle().uninstall();
      wiring().refreshBundles(List.of(present.bundle()));
      libraries.remove(file);
    } catch (BundleException left) {
      throw new AdminException("it cannot be uninstalled: " + left.getMessage(), left);
    }
  }

  /** Other bundles that would be refreshed with these, by their symbolic names. */
  static List<String> dependents(FrameworkWiring wiring, List<Bundle> own) {
    return wiring.getDependencyClosure(own).stream()
        .filter(bundle -> !own.contains(bundle))
        .map(Bundle::getSymbolicName)
        .filter(Objects::nonNull)
        .sorted()
        .toList();
  }

  private FrameworkWiring wiring() {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }
}

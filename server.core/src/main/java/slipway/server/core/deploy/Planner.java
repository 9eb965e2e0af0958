package slipway.server.core.deploy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Resource;
import slipway.admin.DeployAdmin.Plan;
import slipway.server.core.life.ShippedLibraries;
import slipway.server.core.life.Unresolved;
import slipway.service.Service;

/**
 * What a deploy of a service would do, and whether it would be refused. Changes nothing, except
 * that libraries that the host ships may be installed for it.
 *
 * <p>Belongs to the deployer's thread.
 */
final class Planner {

  private final BundleContext context;
  private final Wiring wiring;
  private final Installed installed;
  private final ShippedLibraries shipped;

  Planner(BundleContext context, Wiring wiring, Installed installed, ShippedLibraries shipped) {
    this.context = context;
    this.wiring = wiring;
    this.installed = installed;
    this.shipped = shipped;
  }

  /**
   * What operators are told before a version of a service is deployed.
   *
   * @param runs tells what a service runs beside its users
   * @throws NotDeployed if it would be taken out, with what is missing
   */
  Plan plan(ServiceJar jar, UnaryOperator<String> runs) throws NotDeployed {
    checkResolvable(jar);
    String service = jar.service().orElseThrow();
    return new Plan(
        service,
        "",
        jar.version().toString(),
        installed.serving(service).map(now -> now.jar().version().toString()).orElse(""),
        runs.apply(service),
        touched(service));
  }

  /**
   * Refuses a jar that would not be deployed whatever its content does.
   *
   * @throws NotDeployed with the reason
   */
  void check(ServiceJar jar) throws NotDeployed {
    if (jar.service().isEmpty()) {
      if (!jar.exports()) {
        throw NotDeployed.refused(
            jar.symbolicName()
                + " provides no service: its manifest has no capability slipway.service with a"
                + " name; and it is no library, as it exports no package");
      }
      return;
    }
    String service = jar.service().get();
    for (Bundle bundle : context.getBundles()) {
      if (!Locations.isOurs(bundle) && service.equals(provided(bundle))) {
        throw NotDeployed.refused(
            "the service "
                + service
                + " is the host's own, of bundle "
                + bundle.getBundleId()
                + " "
                + bundle.getSymbolicName()
                + "; a bundle in services/ has to give its service another name");
      }
    }
  }

  /**
   * Refuses what would restart others, unless it is forced.
   *
   * @throws NotDeployed with the bundles that would be restarted
   */
  void checkTouched(String service, boolean force) throws NotDeployed {
    List<String> touched = force ? List.of() : touched(service);
    if (!touched.isEmpty()) {
      throw NotDeployed.refused(
          "a new version of "
              + service
              + " would restart "
              + String.join(", ", touched)
              + "; to force it: libctl install --force");
    }
  }

  /** Refuses a jar that would not be resolved among the bundles that are there now. */
  private void checkResolvable(ServiceJar jar) throws NotDeployed {
    Optional<String> unresolved;
    try {
      Resource requires = JarRequirements.of(jar.file());
      unresolved = new Unresolved(wiring.framework()).of(requires);
      if (unresolved.isPresent() && shipped.install()) {
        unresolved = new Unresolved(wiring.framework()).of(requires);
      }
    } catch (BundleException | IOException unreadable) {
      throw NotDeployed.refused("it cannot be installed: " + Trouble.of(unreadable));
    }
    if (unresolved.isPresent()) {
      throw NotDeployed.refused(jar.shown() + " would be taken out: " + unresolved.get());
    }
  }

  /** The service of a bundle, as the framework reads it: null if it provides none. */
  static String provided(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision == null
        ? null
        : revision.getDeclaredCapabilities(Service.NAMESPACE).stream()
            .map(capability -> String.valueOf(capability.getAttributes().get("name")))
            .findFirst()
            .orElse(null);
  }

  /** Bundles of others that would be refreshed when the versions of a service are uninstalled. */
  private List<String> touched(String service) {
    return wiring.dependents(installed.bundles(service)).stream()
        .map(Bundle::getSymbolicName)
        .toList();
  }
}

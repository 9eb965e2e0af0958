package slipway.server.core.health;

import java.util.Collection;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.health.Finding;
import slipway.health.HealthCheck;
import slipway.health.Probe;

/**
 * Whether the services that are to run always do so. If one does not, that is a warning: clients of
 * the others are to come here all the same.
 */
@Component
public final class ServicesCheck implements HealthCheck {

  private final ServiceAdmin services;

  /** For Declarative Services. */
  @Activate
  public ServicesCheck(@Reference ServiceAdmin services) {
    this.services = services;
  }

  @Override
  public String name() {
    return "services";
  }

  @Override
  public Set<Probe> probes() {
    return Set.of(Probe.READINESS);
  }

  @Override
  public Finding check() {
    String failed =
        serving().stream()
            .filter(service -> service.state() == ServiceState.FIXED)
            .filter(service -> !service.bundleState().equals("ACTIVE"))
            .map(ServicesCheck::text)
            .collect(Collectors.joining("; "));
    return failed.isEmpty() ? Finding.OK : Finding.warning(failed);
  }

  /** One for each service: the version that new connections go to. */
  private Collection<ServiceStatus> serving() {
    return services.services().stream()
        .collect(
            Collectors.toMap(
                ServiceStatus::name, status -> status, (first, other) -> first, TreeMap::new))
        .values();
  }

  private static String text(ServiceStatus service) {
    return service.name()
        + " is FIXED and does not run"
        + (service.reason().isEmpty() ? "" : ": " + service.reason());
  }
}

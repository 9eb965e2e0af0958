package slipway.server.core.health;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.DeployAdmin.Leak;
import slipway.health.Finding;
import slipway.health.HealthCheck;
import slipway.health.Probe;
import slipway.server.core.deploy.ServiceFolder;

/**
 * Whether versions that are gone are known to be still in memory: each swap of their service takes
 * more of it. Known is what {@code libctl leaks} has found, as a search collects garbage and is not
 * for a question that is asked each second.
 */
@Component
public final class LeaksCheck implements HealthCheck {

  private final Supplier<List<Leak>> leaks;

  /** For Declarative Services. */
  @Activate
  public LeaksCheck(@Reference ServiceFolder folder) {
    this(folder::knownLeaks);
  }

  LeaksCheck(Supplier<List<Leak>> leaks) {
    this.leaks = leaks;
  }

  @Override
  public String name() {
    return "leaks";
  }

  @Override
  public Set<Probe> probes() {
    return Set.of(Probe.READINESS);
  }

  @Override
  public Finding check() {
    String kept =
        leaks.get().stream()
            .filter(leak -> !leak.bounded())
            .map(leak -> leak.service() + " " + leak.version())
            .collect(Collectors.joining(", "));
    return kept.isEmpty()
        ? Finding.OK
        : Finding.warning("gone but still in memory: " + kept + "; see: libctl leaks");
  }
}

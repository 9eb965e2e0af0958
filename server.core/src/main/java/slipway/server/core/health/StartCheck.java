package slipway.server.core.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.HostAdmin;
import slipway.health.Finding;
import slipway.health.HealthCheck;
import slipway.health.Probe;
import slipway.server.core.host.HostPhase;

/**
 * Whether the start is over: everything that is configured has been tried. What was not there then,
 * and still is not, is a warning, as another start would not bring it.
 */
@Component
public final class StartCheck implements HealthCheck {

  private final HostPhase phase;
  private final HostAdmin host;

  /** For Declarative Services. */
  @Activate
  public StartCheck(@Reference HostPhase phase, @Reference HostAdmin host) {
    this.phase = phase;
    this.host = host;
  }

  @Override
  public String name() {
    return "start";
  }

  @Override
  public Set<Probe> probes() {
    return Set.of(Probe.STARTUP, Probe.READINESS);
  }

  @Override
  public Finding check() {
    return phase.start().map(this::found).orElseGet(() -> Finding.failed("the host is starting"));
  }

  private Finding found(HostPhase.Start start) {
    if (start.problems().isEmpty()) {
      return Finding.OK;
    }
    List<String> left = new ArrayList<>(start.problems());
    left.retainAll(host.problems());
    return left.isEmpty() ? Finding.OK : Finding.warning(String.join("; ", left));
  }
}

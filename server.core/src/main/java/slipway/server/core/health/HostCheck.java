package slipway.server.core.health;

import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.health.Finding;
import slipway.health.HealthCheck;
import slipway.health.Probe;
import slipway.server.core.host.HostPhase;

/** Whether an operator lets the host take clients: no {@code wait}, and no end. */
@Component
public final class HostCheck implements HealthCheck {

  private final HostPhase phase;

  /** For Declarative Services. */
  @Activate
  public HostCheck(@Reference HostPhase phase) {
    this.phase = phase;
  }

  @Override
  public String name() {
    return "host";
  }

  @Override
  public Set<Probe> probes() {
    return Set.of(Probe.READINESS);
  }

  @Override
  public Finding check() {
    return switch (phase.phase()) {
      case STARTING, RUNNING -> Finding.OK; // the start is a check of its own
      case WAITING -> Finding.failed("it waits for its connections to end, and takes no others");
      case ENDING -> Finding.failed("it ends");
    };
  }
}

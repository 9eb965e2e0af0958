package slipway.server.core.health;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.health.Finding;
import slipway.health.HealthCheck;
import slipway.health.Probe;
import slipway.server.core.watch.Watchdog;

/**
 * Whether the threads that everything depends on still answer: each event loop, and the thread on
 * which services change their states. One that does not for so long is stuck, and only a restart
 * brings its connections back.
 */
@Component
public final class ProgressCheck implements HealthCheck {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Unanswered unanswered;

  /** For Declarative Services. */
  @Activate
  public ProgressCheck(@Reference LagMeter meter, @Reference Watchdog watchdog) {
    this(new Unanswered(meter, watchdog::keeps));
  }

  ProgressCheck(Unanswered unanswered) {
    this.unanswered = unanswered;
  }

  @Override
  public String name() {
    return "threads";
  }

  @Override
  public Set<Probe> probes() {
    return Set.of(Probe.LIVENESS);
  }

  @Override
  public Finding check() {
    String stuck =
        unanswered
            .those(lag -> lag.silent().compareTo(LIMIT) >= 0)
            .map(each -> each.text("has not answered for", ThreadLag::silent))
            .collect(Collectors.joining("; "));
    return stuck.isEmpty() ? Finding.OK : Finding.failed(stuck);
  }
}

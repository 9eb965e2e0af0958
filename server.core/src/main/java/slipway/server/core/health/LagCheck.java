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

/** Whether event loops are free for clients: a new one would wait for a loop that is kept. */
@Component
public final class LagCheck implements HealthCheck {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final Unanswered unanswered;

  /** For Declarative Services. */
  @Activate
  public LagCheck(@Reference LagMeter meter, @Reference Watchdog watchdog) {
    this(new Unanswered(meter, watchdog::keeps));
  }

  LagCheck(Unanswered unanswered) {
    this.unanswered = unanswered;
  }

  @Override
  public String name() {
    return "event loops";
  }

  @Override
  public Set<Probe> probes() {
    return Set.of(Probe.READINESS);
  }

  @Override
  public Finding check() {
    String late =
        unanswered
            .those(
                lag -> lag.kind() == ThreadLag.Kind.EVENT_LOOP && lag.now().compareTo(LIMIT) >= 0)
            .map(each -> each.text("lets tasks wait for", ThreadLag::now))
            .collect(Collectors.joining("; "));
    return late.isEmpty() ? Finding.OK : Finding.failed(late);
  }
}

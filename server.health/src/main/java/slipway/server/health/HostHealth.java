package slipway.server.health;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import slipway.health.Health;
import slipway.health.HealthCheck;
import slipway.health.HealthReport;
import slipway.health.HealthReport.Checked;
import slipway.health.Probe;

/**
 * The checks that bundles have brought. All checks of a probe look side by side, so that a report
 * takes as long as the slowest of them, and never longer than one may take.
 *
 * <p>They look in platform threads: if code of a service computes on all the threads that run
 * virtual ones, a check would not begin, and a supervisor would end a host whose other services
 * work.
 */
@Component(immediate = true) // so that a check that hangs is known for as long as it does
public final class HostHealth implements Health {

  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Checkup.Rules rules;
  private final List<Checkup> checkups = new CopyOnWriteArrayList<>();

  /** For Declarative Services. */
  @Activate
  public HostHealth() {
    this(
        new Checkup.Rules(
            LIMIT,
            FRESH,
            System::nanoTime,
            Thread.ofPlatform().daemon().name("slipway-health-", 1).factory()));
  }

  HostHealth(Checkup.Rules rules) {
    this.rules = rules;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addCheck(HealthCheck check) {
    checkups.add(new Checkup(check, rules));
  }

  void removeCheck(HealthCheck check) {
    List<Checkup> gone = checkups.stream().filter(checkup -> checkup.isOf(check)).toList();
    checkups.removeAll(gone);
    gone.forEach(Checkup::end);
  }

  /** Two checks of one name, as two versions of a service bring them, are both in the report. */
  @Override
  public HealthReport report(Probe probe) {
    List<Asked> asked =
        checkups.stream()
            .filter(checkup -> checkup.isPartOf(probe))
            .sorted(Comparator.comparing(Checkup::name))
            .map(checkup -> new Asked(checkup, checkup.look()))
            .toList(); // all look before one is waited for
    asked.forEach(each -> each.look().await());
    return new HealthReport(
        probe,
        asked.stream()
            .filter(each -> each.checkup().isThere())
            .map(each -> new Checked(each.checkup().name(), each.look().await()))
            .toList());
  }

  private record Asked(Checkup checkup, Look look) {}
}

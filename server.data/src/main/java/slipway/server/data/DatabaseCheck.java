package slipway.server.data;

import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.data.Database;
import slipway.health.Finding;
import slipway.health.HealthCheck;
import slipway.health.Probe;

/**
 * Whether the database is there. If it is away that is a warning, and no probe fails: hosts share
 * one, so all of them would lose their clients, or restart, at the same time.
 */
@Component
public final class DatabaseCheck implements HealthCheck {

  private final Database database;

  /** For Declarative Services. */
  @Activate
  public DatabaseCheck(@Reference Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Set<Probe> probes() {
    return Set.of(Probe.READINESS);
  }

  @Override
  public Finding check() {
    return database.away().map(Finding::warning).orElse(Finding.OK);
  }
}

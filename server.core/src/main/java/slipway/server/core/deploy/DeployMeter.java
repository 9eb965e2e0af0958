package slipway.server.core.deploy;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** Deploys, files that are not deployed, and versions that stay in memory. */
@Component
public final class DeployMeter implements Meter {

  /** By then the collector has usually run; it is not made to run for a scrape. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final Metric DEPLOYS =
      Metric.counter(
          "slipway_deploys_total",
          "Deploys, by what has deployed them and what has become of them.",
          "service",
          "by",
          "outcome");
  private static final Metric REFUSED =
      Metric.gauge("slipway_refused_files", "Files in services/ that are not deployed.");
  private static final Metric LEAKED =
      Metric.gauge(
          "slipway_leaked_versions",
          "Versions that are gone for ten minutes, and whose classes are still in memory.",
          "service");

  private final ServiceFolder folder;

  /** For Declarative Services. */
  @Activate
  public DeployMeter(@Reference ServiceFolder folder) {
    this.folder = folder;
  }

  @Override
  public void read(Readings readings) {
    folder
        .history()
        .counts()
        .counts()
        .forEach(
            (deploys, count) ->
                readings.value(DEPLOYS, count, deploys.service(), deploys.by(), deploys.word()));
    readings.value(REFUSED, folder.refused().size());
    folder.staying(LONG).forEach((service, count) -> readings.value(LEAKED, count, service));
  }
}

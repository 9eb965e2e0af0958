package slipway.services.metrics;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import slipway.health.Health;
import slipway.health.Probe;
import slipway.service.Audience;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;
import slipway.services.metrics.health.HealthPages;
import slipway.services.metrics.http.HttpPages;
import slipway.services.metrics.scrape.Meters;
import slipway.services.metrics.scrape.Scraper;

/**
 * Shows the figures of all bundles to monitoring systems, and answers the probes of supervisors.
 */
@Component(service = Service.class)
@ServiceName(value = "metrics", audience = Audience.OPERATORS)
public final class MetricsService implements PipelineService {

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Health health;

  private final Scraper scraper;
  private final HealthPages probes = new HealthPages(() -> Optional.ofNullable(health));
  private final HttpPages pages;

  /** For Declarative Services. */
  @Activate
  public MetricsService(@Reference Meters meters) {
    scraper = new Scraper(meters);
    pages =
        new HttpPages(
            Map.of(
                "/metrics", new ScrapePage(scraper),
                "/startupz", probes.of(Probe.STARTUP),
                "/readyz", probes.of(Probe.READINESS),
                "/livez", probes.of(Probe.LIVENESS)));
  }

  @Deactivate
  void deactivate() {
    scraper.close();
    probes.close();
  }

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    pages.describe(connection, handed, handlers);
  }

  @Override
  public CompletionStage<Handed> giveUp(Connection connection) {
    return pages.giveUp(connection);
  }
}

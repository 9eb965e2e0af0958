package slipway.server.core.usage;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** What services with a limit use, and may use. */
@Component
public final class ShareMeter implements Meter {

  private static final Metric USED =
      Metric.gauge(
          "slipway_service_share_ratio",
          "Part of the processors, or of the heap, that a service with a limit uses.",
          "service",
          "resource");
  private static final Metric MOST =
      Metric.gauge(
          "slipway_service_share_limit_ratio",
          "Part of the processors, or of the heap, that a service may use.",
          "service",
          "resource");
  private static final Metric OVER =
      Metric.counter(
          "slipway_service_over_share_total",
          "Times that a service has used more than it may, for a whole window.",
          "service",
          "resource");

  private final UsageGuard guard;

  /** For Declarative Services. */
  @Activate
  public ShareMeter(@Reference UsageGuard guard) {
    this.guard = guard;
  }

  @Override
  public void read(Readings readings) {
    guard
        .standings()
        .forEach(
            (service, standing) -> {
              read(readings, standing.cpu(), service, "cpu");
              read(readings, standing.heap(), service, "heap");
            });
  }

  private static void read(
      Readings readings, Share.Figures share, String service, String resource) {
    if (share.most().isPresent()) {
      share.used().ifPresent(used -> readings.value(USED, used, service, resource));
      readings.value(MOST, share.most().getAsDouble(), service, resource);
      readings.value(OVER, share.timesOver(), service, resource);
    }
  }
}

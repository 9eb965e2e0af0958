package slipway.server.core.watch;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** What the watchdog has reported. */
@Component
public final class BlockedMeter implements Meter {

  private static final Metric BLOCKED =
      Metric.counter(
          "slipway_event_loop_blocked_total",
          "Times that a service has kept an event loop or a carrier for too long; empty: unknown.",
          "service");

  private final Watchdog watchdog;

  /** For Declarative Services. */
  @Activate
  public BlockedMeter(@Reference Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  @Override
  public void read(Readings readings) {
    watchdog.reported().forEach((service, count) -> readings.value(BLOCKED, count, service));
  }
}

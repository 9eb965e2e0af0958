package slipway.examples.ticks;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;
import slipway.service.ServiceContext;

/** Tells monitoring systems how many clients hear the clock of this version. */
@Component
public final class TicksMeter implements Meter {

  private static final Metric LISTENERS =
      Metric.gauge("ticks_listeners", "Clients that hear the clock.");

  private final ServiceContext context;

  /** Called by Declarative Services. */
  @Activate
  public TicksMeter(@Reference ServiceContext context) {
    this.context = context;
  }

  @Override
  public void read(Readings readings) {
    readings.value(LISTENERS, context.connections().size());
  }
}

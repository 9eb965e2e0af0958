package slipway.server.core.host;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;
import slipway.net.Transport;

/** What the host is. */
@Component
public final class HostMeter implements Meter {

  private static final Metric BUILD =
      Metric.info("slipway_build_info", "What the host is.", "version", "java", "transport");

  private final String version;
  private final String transport;

  /** For Declarative Services. */
  @Activate
  public HostMeter(BundleContext context, @Reference Transport transport) {
    this.version = context.getBundle().getVersion().toString();
    this.transport = transport.tcp().name();
  }

  @Override
  public void read(Readings readings) {
    readings.info(BUILD, version, Runtime.version().toString(), transport);
  }
}

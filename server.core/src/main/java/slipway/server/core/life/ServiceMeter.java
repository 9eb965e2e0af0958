package slipway.server.core.life;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** Services and their versions, as {@code libctl ps} shows them. */
@Component
public final class ServiceMeter implements Meter {

  private static final Metric STATE =
      Metric.state("slipway_service_state", "State that a service is to be in.", "service");
  private static final Metric RUNNING =
      Metric.gauge(
          "slipway_service_running",
          "Bundles of a version that are active: 0 or 1, more if several have one version.",
          "service",
          "version");
  private static final Metric USERS =
      Metric.gauge(
          "slipway_service_users",
          "Connections and other leases that use a version.",
          "service",
          "version");

  private record Key(String service, String version) {}

  private record Sum(int running, int users) {
    Sum plus(Sum other) {
      return new Sum(running + other.running, users + other.users);
    }
  }

  private final ServiceControl control;

  /** For Declarative Services. */
  @Activate
  public ServiceMeter(@Reference ServiceControl control) {
    this.control = control;
  }

  @Override
  public void read(Readings readings) {
    read(control.statuses(), readings);
  }

  static void read(List<ServiceStatus> services, Readings readings) {
    Map<String, ServiceState> states = new HashMap<>();
    Map<Key, Sum> sums = new HashMap<>();
    for (ServiceStatus service : services) {
      states.put(service.name(), service.state());
      if (service.bundleId() >= 0) {
        sums.merge(
            new Key(service.name(), service.version()),
            new Sum(service.bundleState().equals("ACTIVE") ? 1 : 0, service.refCount()),
            Sum::plus);
      }
    }
    states.forEach((service, state) -> readings.state(STATE, state, service));
    sums.forEach(
        (key, sum) -> {
          readings.value(RUNNING, sum.running(), key.service(), key.version());
          readings.value(USERS, sum.users(), key.service(), key.version());
        });
  }
}

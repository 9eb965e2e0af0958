package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.server.core.meter.Told;

class ServiceMeterTest {

  private static ServiceStatus version(String version, int users, long bundle, String state) {
    return new ServiceStatus("echo", users, ServiceState.LOADED, version, bundle, state, "");
  }

  @Test
  void bundlesOfOneVersionAreAddedUp() throws Exception {
    List<ServiceStatus> all =
        List.of(
            version("1.0.0", 2, 30, "ACTIVE"),
            version("1.0.0", 3, 31, "ACTIVE"),
            version("0.9.0", 1, 29, "STOPPING"),
            new ServiceStatus("gone", 0, ServiceState.LOCKED, "", -1, "", "no bundle provides it"));
    assertThat(Told.of(readings -> ServiceMeter.read(all, readings)))
        .containsExactlyInAnyOrder(
            "slipway_service_state{service=\"echo\"} LOADED",
            "slipway_service_state{service=\"gone\"} LOCKED",
            "slipway_service_running{service=\"echo\",version=\"1.0.0\"} 2.0",
            "slipway_service_running{service=\"echo\",version=\"0.9.0\"} 0.0",
            "slipway_service_users{service=\"echo\",version=\"1.0.0\"} 5.0",
            "slipway_service_users{service=\"echo\",version=\"0.9.0\"} 1.0");
  }
}

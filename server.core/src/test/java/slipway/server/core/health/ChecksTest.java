package slipway.server.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.admin.DeployAdmin.Leak;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.health.Finding;

/** The checks that only read what others know. */
class ChecksTest {

  private static ServiceStatus service(String name, ServiceState state, String bundle, String why) {
    return new ServiceStatus(name, 0, state, "1.0.0", 5, bundle, why);
  }

  private static Finding services(ServiceStatus... services) {
    return new ServicesCheck(
            (ServiceAdmin)
                Proxy.newProxyInstance(
                    ServiceAdmin.class.getClassLoader(),
                    new Class<?>[] {ServiceAdmin.class},
                    (proxy, method, arguments) -> List.of(services)))
        .check();
  }

  @Test
  void aFixedServiceThatDoesNotRunIsAWarning() {
    assertThat(
            services(
                service("chat", ServiceState.FIXED, "RESOLVED", "it throws"),
                service("echo", ServiceState.LOADED, "RESOLVED", ""),
                service("time", ServiceState.FIXED, "ACTIVE", ""),
                service("void", ServiceState.FIXED, "", "")))
        .isEqualTo(
            Finding.warning(
                "chat is FIXED and does not run: it throws; void is FIXED and does not run"));
  }

  @Test
  void anOldVersionThatStopsIsNoMatter() {
    assertThat(
            services(
                service("time", ServiceState.FIXED, "ACTIVE", ""),
                service("time", ServiceState.FIXED, "STOPPING", "drains")))
        .isEqualTo(Finding.OK);
  }

  private static Leak leak(String service, boolean bounded) {
    return new Leak(service, "1.2.0", 7, Instant.EPOCH, List.of(), bounded);
  }

  @Test
  void versionsThatAreKnownToStayInMemoryAreAWarningUnlessTheyAreBounded() {
    assertThat(new LeaksCheck(List::of).check()).isEqualTo(Finding.OK);
    assertThat(new LeaksCheck(() -> List.of(leak("time", true))).check()).isEqualTo(Finding.OK);
    assertThat(new LeaksCheck(() -> List.of(leak("time", true), leak("echo", false))).check())
        .isEqualTo(Finding.warning("gone but still in memory: echo 1.2.0; see: libctl leaks"));
  }
}

package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.admin.AdminException;
import slipway.admin.ServiceState;
import slipway.admin.ServiceUse;

class UseTest {

  private final ManualControl thread = new ManualControl();
  private final ServiceControl control = new ServiceControl(thread, thread::nanos);
  private final FakeProvider bundle = new FakeProvider(17, "1.0.0");
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void provide() {
    control.add("echo", bundle);
    configure(ServiceState.LOADED);
  }

  private void configure(ServiceState state) {
    control.configure("echo", ServiceSettings.DEFAULT.with(state).lingering(Duration.ZERO));
  }

  private ServiceUse use() throws Exception {
    return Use.of(control, "echo", () -> told.add("leave"));
  }

  @Test
  void aLoadedServiceIsStartedAndStopsWhenItIsGivenBack() throws Exception {
    ServiceUse use = use();
    assertThat(use.bundleId()).isEqualTo(17);
    assertThat(bundle.state).isEqualTo("ACTIVE");
    use.close();
    assertThat(bundle.state).isEqualTo("RESOLVED");
    assertThat(told).isEmpty();
  }

  @Test
  void theLastWordIsToldAndNoneBefore() throws Exception {
    ServiceUse use = use();
    configure(ServiceState.WAITLOCKED);
    assertThat(told).isEmpty();
    configure(ServiceState.LOCKED);
    assertThat(told).containsExactly("leave");
    use.close();
  }

  @Test
  void aServiceThatIsLockedOrUnknownIsRefused() {
    configure(ServiceState.LOCKED);
    assertThatThrownBy(this::use).isInstanceOf(AdminException.class).hasMessage("echo is LOCKED");
    assertThatThrownBy(() -> Use.of(control, "other", () -> {}))
        .isInstanceOf(AdminException.class)
        .hasMessage("unknown service: other");
  }

  @Test
  void aLeaseThatComesAfterAnInterruptIsGivenBack() {
    bundle.slow = true;
    Thread.currentThread().interrupt();
    assertThatThrownBy(this::use).isInstanceOf(InterruptedException.class);
    bundle.slow = false;
    bundle.finish();
    assertThat(control.statuses().get(0).refCount()).isZero();
  }
}

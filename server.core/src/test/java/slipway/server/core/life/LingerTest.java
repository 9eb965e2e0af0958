package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.admin.ServiceState.FIXED;
import static slipway.admin.ServiceState.LOADED;
import static slipway.admin.ServiceState.LOCKED;
import static slipway.admin.ServiceState.WAITLOCKED;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.admin.ServiceState;

/** A LOADED service stays started for a while behind its last user. */
class LingerTest {

  private static final Duration LINGER = Duration.ofSeconds(10);

  private final ManualControl thread = new ManualControl();
  private final ServiceControl control = new ServiceControl(thread, thread::nanos);
  private final FakeProvider bundle = new FakeProvider(17, "1.0.0");

  @BeforeEach
  void provide() {
    control.add("echo", bundle);
    configure(LOADED, LINGER);
  }

  private void configure(ServiceState state, Duration linger) {
    control.configure("echo", ServiceSettings.DEFAULT.with(state).lingering(linger));
  }

  private ServiceLease connect() {
    return control.lease("echo").toCompletableFuture().join();
  }

  @Test
  void itLingersForTenSecondsUnlessItIsConfigured() {
    assertThat(ServiceSettings.DEFAULT.linger()).isEqualTo(LINGER);
  }

  @Test
  void itStopsWhenTheTimeBehindItsLastUserIsOver() {
    connect().close();
    thread.advance(LINGER.minusNanos(1));
    assertThat(bundle.state).isEqualTo("ACTIVE");
    thread.advance(Duration.ofNanos(1));
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void shortConnectionsAreServedByOneStart() {
    for (int each = 0; each < 100; each++) {
      connect().close();
      thread.advance(LINGER.minusSeconds(1));
    }
    assertThat(bundle.starts).isEqualTo(1);
    assertThat(bundle.stops).isZero();
    thread.advance(Duration.ofSeconds(1));
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void aUserWhoIsThereAtItsEndKeepsItAndTheTimeBeginsAnewBehindHim() {
    connect().close();
    thread.advance(LINGER.minusSeconds(1));
    ServiceLease second = connect();
    thread.advance(LINGER);
    assertThat(bundle.state).isEqualTo("ACTIVE");
    second.close();
    thread.advance(LINGER.minusNanos(1));
    assertThat(bundle.state).isEqualTo("ACTIVE");
    thread.advance(Duration.ofNanos(1));
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void withoutSuchATimeItStopsAtOnce() {
    configure(LOADED, Duration.ZERO);
    connect().close();
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void aTimeThatIsMadeShorterCountsFromTheLastUser() {
    connect().close();
    thread.advance(Duration.ofSeconds(4));
    configure(LOADED, Duration.ofSeconds(5));
    assertThat(bundle.state).isEqualTo("ACTIVE");
    thread.advance(Duration.ofSeconds(1));
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void aTimeThatIsMadeLongerCountsFromTheLastUser() {
    connect().close();
    thread.advance(Duration.ofSeconds(4));
    configure(LOADED, Duration.ofSeconds(15));
    thread.advance(Duration.ofSeconds(10));
    assertThat(bundle.state).isEqualTo("ACTIVE");
    thread.advance(Duration.ofSeconds(1));
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void oneThatIsLockedStopsAtOnce() {
    connect().close();
    configure(LOCKED, LINGER);
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void oneThatIsWaitlockedStopsWithItsLastUser() {
    ServiceLease user = connect();
    connect().close();
    configure(WAITLOCKED, LINGER);
    assertThat(bundle.state).isEqualTo("ACTIVE");
    user.close();
    assertThat(bundle.state).isEqualTo("RESOLVED");
    assertThat(control.lockedDown("echo")).isCompleted();
  }

  @Test
  void oneThatIsWaitlockedWhileItLingersIsLockedAtOnce() {
    connect().close();
    configure(WAITLOCKED, LINGER);
    assertThat(bundle.state).isEqualTo("RESOLVED");
    assertThat(control.statuses().get(0).state()).isEqualTo(LOCKED);
  }

  @Test
  void oneThatBecomesFixedStays() {
    connect().close();
    configure(FIXED, LINGER);
    thread.advance(LINGER.multipliedBy(2));
    assertThat(bundle.state).isEqualTo("ACTIVE");
  }

  @Test
  void whatIsBelowItIsReplacedAtOnce() {
    connect().close();
    assertThat(control.suspend(List.of("echo"))).isCompleted();
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void aNewVersionTakesItsPlaceAtOnceAndStaysForTheRestOfTheTime() {
    connect().close();
    thread.advance(Duration.ofSeconds(3));
    FakeProvider next = new FakeProvider(18, "2.0.0");
    control.add("echo", next);
    assertThat(bundle.state).isEqualTo("RESOLVED");
    assertThat(next.state).isEqualTo("ACTIVE");
    thread.advance(Duration.ofSeconds(7));
    assertThat(next.state).isEqualTo("RESOLVED");
  }

  @Test
  void aVersionThatIsTakenAwayDoesNotLinger() {
    ServiceLease user = connect();
    control.withdraw("echo", 17);
    user.close();
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }
}

package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.admin.ServiceState.FIXED;
import static slipway.admin.ServiceState.LOCKED;
import static slipway.admin.ServiceState.WAITLOCKED;
import static slipway.server.core.life.TestLeases.leaveWhenAsked;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import slipway.admin.ServiceState;
import slipway.service.GoingAway;
import slipway.service.GoingAway.Reason;

/** What users of a service hear before they have to go. */
class PartingTest {

  private static final Duration DRAIN = ServiceSettings.DEFAULT.drainTimeout();

  private final ManualControl thread = new ManualControl();
  private final ServiceControl control = new ServiceControl(thread, thread::nanos);
  private final FakeProvider one = new FakeProvider(1, "1.0.0");
  private final FakeProvider two = new FakeProvider(2, "2.0.0");
  private final List<GoingAway> heard = new ArrayList<>();

  private void configure(ServiceState state) {
    control.configure("echo", ServiceSettings.DEFAULT.with(state).lingering(Duration.ZERO));
  }

  private ServiceLease connect() {
    control.add("echo", one);
    configure(FIXED);
    ServiceLease user = control.lease("echo").toCompletableFuture().join();
    user.onGoingAway(heard::add);
    return user;
  }

  private void assertHeard(String... news) {
    assertThat(heard.stream().map(one -> one.reason() + (one.last() ? " now" : "")))
        .containsExactly(news);
  }

  private static void assertIn(Duration time, GoingAway news) {
    assertThat(news.deadline().orElseThrow())
        .isBetween(Instant.now().plus(time).minusSeconds(60), Instant.now().plus(time));
  }

  @Test
  void whoIsLockedHearsTheLastWordAlone() {
    connect();
    configure(LOCKED);
    assertHeard("LOCKED now");
    assertIn(Parting.GRACE, heard.get(0));
  }

  @Test
  void whoIsDrainedMayStayAsLongAsHeLikes() {
    connect();
    configure(WAITLOCKED);
    assertHeard("DRAINED");
    assertThat(heard.get(0).deadline()).isEmpty();
    configure(LOCKED);
    assertHeard("DRAINED", "LOCKED now");
  }

  @Test
  void whoseVersionIsTakenAwayHearsUntilWhenHeMayStay() {
    ServiceLease user = connect();
    control.withdraw("echo", 1);
    assertHeard("DRAINED");
    assertIn(DRAIN, heard.get(0));
    leaveWhenAsked(user);
    thread.advance(DRAIN);
    assertThat(user.version().goingAway().orElseThrow().last()).isTrue();
  }

  @Test
  void whoseServiceIsSuspendedHearsUntilWhenHeMayStay() {
    connect();
    control.suspend(List.of("echo"));
    assertHeard("DRAINED");
    assertIn(DRAIN, heard.get(0));
    thread.advance(DRAIN);
    assertHeard("DRAINED", "DRAINED now");
  }

  @Test
  void whoseVersionIsReplacedHearsNothingAsHeMayBeHandedOver() {
    ServiceLease user = connect();
    control.handOverBy((from, limit) -> new CompletableFuture<>());
    control.add("echo", two);
    assertHeard();
    GoingAway expected = user.version().goingAway().orElseThrow();
    assertThat(expected.reason()).isEqualTo(Reason.REPLACED);
    assertIn(DRAIN, expected);
    thread.advance(DRAIN);
    assertHeard("REPLACED now");
  }

  @Test
  void whoseVersionIsTakenAwayHearsNothingWhileAnotherComes() {
    ServiceLease user = connect();
    two.slow = true;
    control.add("echo", two);
    control.withdraw("echo", 1);
    assertHeard();
    two.finish();
    assertHeard();
    assertThat(user.version().goingAway().orElseThrow().reason()).isEqualTo(Reason.REPLACED);
  }

  @Test
  void nobodyGoesAwayOnceAnOldVersionServesAgain() {
    ServiceLease user = connect();
    control.add("echo", two);
    control.withdraw("echo", 2);
    assertThat(user.version().goingAway()).isEmpty();
    thread.advance(DRAIN);
    assertHeard();
  }

  @Test
  void whoListensLateHearsTheLatestWordOnce() {
    ServiceLease user = connect();
    configure(WAITLOCKED);
    configure(LOCKED);
    heard.clear();
    user.onGoingAway(heard::add);
    assertHeard(); // this user has heard it

    ServiceLease late = new ServiceLease(user.version());
    late.onGoingAway(heard::add);
    assertHeard("LOCKED now");
  }

  @Test
  void aServiceThatComesBackFromWaitlockedKeepsItsUsers() {
    ServiceLease user = connect();
    configure(WAITLOCKED);
    configure(FIXED);
    assertThat(user.version().goingAway()).isEmpty();
    configure(WAITLOCKED);
    assertHeard("DRAINED", "DRAINED");
  }
}

package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static slipway.admin.ServiceState.FIXED;
import static slipway.admin.ServiceState.LOADED;
import static slipway.admin.ServiceState.LOCKED;
import static slipway.server.core.life.TestLeases.leaveWhenAsked;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import slipway.admin.Ending;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;

/** Services that stop for a while, as something below them is replaced. */
class SuspensionTest {

  private static final Duration DRAIN = ServiceSettings.DEFAULT.drainTimeout();

  private final ManualControl thread = new ManualControl();
  private final ServiceControl control = new ServiceControl(thread, thread::nanos);
  private final FakeProvider bundle = new FakeProvider(17, "1.0.0");

  private void provide(ServiceState state) {
    control.add("echo", bundle);
    control.configure("echo", ServiceSettings.DEFAULT.with(state));
  }

  private CompletableFuture<ServiceLease> ask() {
    return control.lease("echo").toCompletableFuture();
  }

  private CompletableFuture<Ending> suspend() {
    return control.suspend(List.of("echo"));
  }

  private ServiceStatus status() {
    return control.statuses().get(0);
  }

  @Test
  void nobodyToSuspendIsDoneAtOnce() {
    assertThat(control.suspend(List.of())).isCompletedWithValue(new Ending(0, 0));
  }

  @Test
  void aFixedServiceStopsAndStartsAgain() {
    provide(FIXED);
    assertThat(suspend()).isCompletedWithValue(new Ending(0, 0));
    assertThat(bundle.state).isEqualTo("RESOLVED");
    assertThat(status().state()).isEqualTo(FIXED);
    assertThat(status().reason()).isEqualTo("drains: a library that it uses is replaced");
    control.resume(List.of("echo"));
    assertThat(bundle.state).isEqualTo("ACTIVE");
    assertThat(bundle.persistent).isTrue();
    assertThat(status().reason()).isEmpty();
  }

  @Test
  void aLoadedServiceThatNobodyUsesIsNotStarted() {
    provide(LOADED);
    assertThat(suspend()).isCompletedWithValue(new Ending(0, 0));
    control.resume(List.of("echo"));
    assertThat(bundle.starts).isZero();
    assertThat(ask()).isCompleted();
  }

  @Test
  void aLockedServiceStaysLocked() {
    provide(LOCKED);
    assertThat(suspend()).isCompletedWithValue(new Ending(0, 0));
    control.resume(List.of("echo"));
    assertThat(status().state()).isEqualTo(LOCKED);
    assertThat(bundle.starts).isZero();
  }

  @Test
  void usersMayLeaveByThemselvesAndTheOthersAreClosedAtTheDeadline() {
    provide(FIXED);
    ServiceLease patient = ask().join();
    ServiceLease stubborn = ask().join();
    leaveWhenAsked(stubborn);
    CompletableFuture<Ending> stopped = suspend();
    thread.advance(DRAIN.minusMillis(1));
    patient.close();
    assertThat(stopped).isNotDone();
    assertThat(bundle.state).isEqualTo("ACTIVE");
    thread.advance(Duration.ofMillis(1));
    assertThat(stopped).isCompletedWithValue(new Ending(1, 1));
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  private static ServiceSettings withoutDrainTimeout() {
    ServiceSettings fixed = ServiceSettings.DEFAULT.with(FIXED);
    return new ServiceSettings(
        FIXED,
        fixed.startTimeout(),
        fixed.stopTimeout(),
        Duration.ZERO,
        fixed.handOffTimeout(),
        fixed.trial(),
        fixed.maxConnections(),
        fixed.linger());
  }

  @Test
  void withoutADrainTimeoutThereIsADeadlineAllTheSame() {
    control.add("echo", bundle);
    control.configure("echo", withoutDrainTimeout());
    ServiceLease user = ask().join();
    leaveWhenAsked(user);
    CompletableFuture<Ending> stopped = suspend();
    thread.advance(DRAIN);
    assertThat(stopped).isCompletedWithValue(new Ending(0, 1));
  }

  @Test
  void whoAsksMeanwhileWaitsAndIsServedAfterwards() {
    provide(LOADED);
    ServiceLease old = ask().join();
    CompletableFuture<Ending> stopped = suspend();
    CompletableFuture<ServiceLease> waiting = ask();
    assertThat(waiting).isNotDone();
    old.close();
    assertThat(stopped).isCompletedWithValue(new Ending(1, 0));
    assertThat(waiting).isNotDone();
    assertThat(bundle.state).isEqualTo("RESOLVED");
    control.resume(List.of("echo"));
    assertThat(waiting).isCompleted();
  }

  @Test
  void aServiceThatIsLockedMeanwhileClosesItsUsersAtOnce() {
    provide(FIXED);
    ServiceLease user = ask().join();
    leaveWhenAsked(user);
    CompletableFuture<Ending> stopped = suspend();
    control.configure("echo", ServiceSettings.DEFAULT.with(LOCKED));
    assertThat(stopped).isCompletedWithValue(new Ending(0, 1));
    control.resume(List.of("echo"));
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void aVersionThatArrivesMeanwhileServesAfterwards() {
    provide(FIXED);
    suspend();
    FakeProvider next = new FakeProvider(18, "2.0.0");
    control.add("echo", next);
    assertThat(next.starts).isZero();
    control.resume(List.of("echo"));
    assertThat(next.state).isEqualTo("ACTIVE");
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void aServiceThatIsOnItsWayIsWaitedFor() {
    bundle.slow = true;
    provide(FIXED);
    CompletableFuture<Ending> stopped = suspend();
    assertThat(stopped).isNotDone();
    bundle.finish(); // it is there, and stops
    assertThat(stopped).isNotDone();
    bundle.finish();
    assertThat(stopped).isCompletedWithValue(new Ending(0, 0));
  }

  @Test
  void aServiceThatDoesNotStopIsSaid() {
    provide(FIXED);
    bundle.slow = true;
    CompletableFuture<Ending> stopped = suspend();
    thread.advance(ServiceSettings.DEFAULT.stopTimeout());
    assertThatThrownBy(stopped::join).hasMessageContaining("echo: it did not stop within 10s");
  }

  @Test
  void whoSuspendsItOnceMoreWaitsForTheSameEnd() {
    provide(FIXED);
    ServiceLease user = ask().join();
    CompletableFuture<Ending> first = suspend();
    CompletableFuture<Ending> second = suspend();
    user.close();
    assertThat(first).isCompletedWithValue(new Ending(1, 0));
    assertThat(second).isCompletedWithValue(new Ending(1, 0));
  }

  @Test
  void whatDidNotStopIsWaitedForOnceMoreWhenItIsSuspendedAgain() {
    provide(FIXED);
    bundle.slow = true;
    assertThat(suspend()).isNotDone();
    thread.advance(ServiceSettings.DEFAULT.stopTimeout());
    bundle.finish();
    assertThat(suspend()).isCompletedWithValue(new Ending(0, 0));
  }

  @Test
  void aReplacedVersionWhoseUsersMayStayForEverHasADeadlineAllTheSame() {
    control.add("echo", bundle);
    control.configure("echo", withoutDrainTimeout());
    leaveWhenAsked(ask().join());
    control.add("echo", new FakeProvider(18, "2.0.0"));
    CompletableFuture<Ending> stopped = suspend();
    thread.advance(DRAIN);
    assertThat(stopped).isCompletedWithValue(new Ending(0, 1));
  }

  @Test
  void aStartFromOutsideDoesNotEndIt() {
    provide(FIXED);
    suspend();
    bundle.state = "ACTIVE";
    control.startedFromOutside("echo", bundle);
    assertThat(bundle.state).as("stopped again").isEqualTo("RESOLVED");
  }

  // ---- the suspension itself -------------------------------------------------------------------

  @Test
  void isUnderWayUntilItIsEnded() {
    Suspension suspension = new Suspension("echo");
    Succession nobody = new Succession();
    assertThat(suspension.isUnderWay()).isFalse();
    CompletableFuture<Ending> stopped = suspension.begin(nobody);
    assertThat(suspension.begin(nobody)).as("the same").isSameAs(stopped);
    suspension.look(nobody);
    assertThat(stopped).isCompletedWithValue(new Ending(0, 0));
    assertThat(suspension.isUnderWay()).isTrue();
    suspension.end();
    assertThat(suspension.isUnderWay()).isFalse();
    assertThat(suspension.begin(nobody)).as("another one").isNotDone();
  }

  @Test
  void countsOnlyThoseWhoWereAskedToLeaveSinceItBegan() {
    provide(FIXED);
    leaveWhenAsked(ask().join());
    control.lost("echo", bundle); // asks the user to leave, and starts again
    ask().join();
    CompletableFuture<Ending> stopped = suspend();
    thread.advance(DRAIN.plus(ServiceSettings.DEFAULT.stopTimeout()));
    assertThat(stopped).isCompletedWithValue(new Ending(0, 1));
  }
}

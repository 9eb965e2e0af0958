package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.admin.ServiceState.FIXED;
import static slipway.admin.ServiceState.LOADED;
import static slipway.admin.ServiceState.LOCKED;
import static slipway.admin.ServiceState.WAITLOCKED;
import static slipway.server.core.life.TestLeases.leaveWhenAsked;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;

/** Versions of one service side by side. */
class VersionsTest {

  private final ManualControl thread = new ManualControl();
  private final ServiceControl control = new ServiceControl(thread, thread::nanos);
  private final FakeProvider one = new FakeProvider(1, "1.0.0");
  private final FakeProvider two = new FakeProvider(2, "2.0.0");
  private final FakeProvider three = new FakeProvider(3, "3.0.0");
  private final List<String> told = new ArrayList<>();
  private final List<Long> settled = new ArrayList<>();
  private final List<ActiveVersion> moved = new ArrayList<>();
  private final CompletableFuture<Void> moving = new CompletableFuture<>();

  @BeforeEach
  void setUp() {
    control.handOverBy(
        (from, limit) -> {
          moved.add(from);
          return moving;
        });
    control.deployedBy(
        new Deployments() {
          @Override
          public void serves(long bundleId, CompletionStage<Void> after) {
            told.add(bundleId + " serves");
            after.thenRun(() -> settled.add(bundleId));
          }

          @Override
          public void failed(long bundleId, String reason) {
            told.add(bundleId + " failed: " + reason);
          }

          @Override
          public void alone(long bundleId, String reason) {
            told.add(bundleId + " is alone: " + reason);
          }

          @Override
          public void released(long bundleId) {
            told.add(bundleId + " released");
          }
        });
  }

  private void provide(ServiceState state) {
    control.add("echo", one);
    control.configure("echo", ServiceSettings.DEFAULT.with(state).lingering(Duration.ZERO));
  }

  private ServiceLease connect() {
    ServiceLease lease = control.lease("echo").toCompletableFuture().join();
    leaveWhenAsked(lease);
    return lease;
  }

  private List<ServiceStatus> rows() {
    return control.statuses();
  }

  @Test
  void whoHasDeployedItIsToldWhenOpenConnectionsHaveBeenSeenTo() {
    provide(FIXED);
    connect();
    control.add("echo", two);
    assertThat(moved).hasSize(1);
    assertThat(settled).containsExactly(1L);
    moving.complete(null);
    assertThat(settled).containsExactly(1L, 2L);
  }

  @Test
  void whatADeployWaitsForIsSaidWithTheTimeoutThatBoundsIt() {
    control.add("echo", one);
    control.configure(
        "echo",
        new ServiceSettings(
            FIXED,
            Duration.ofSeconds(3),
            Duration.ofSeconds(4),
            Duration.ofHours(5),
            Duration.ofSeconds(6),
            true,
            0,
            Duration.ZERO));
    ServiceLease old = connect();
    two.slow = true;
    control.add("echo", two);
    assertThat(control.queries().awaited("echo", 2))
        .contains(new Awaited("echo 2.0.0 to start (start.timeout = 3s)", Duration.ofSeconds(3)));
    two.finish();
    assertThat(control.queries().awaited("echo", 2))
        .contains(
            new Awaited(
                "connections of echo to be handed over (handoff.timeout = 6s)",
                Duration.ofSeconds(6)));
    old.close();
    assertThat(control.queries().awaited("echo", 2)).isEmpty();
    assertThat(control.queries().awaited("echo", 7)).isEmpty();
    assertThat(control.queries().awaited("nothing", 7)).isEmpty();
  }

  @Test
  void aDeployWaitsForAnOldVersionThatStops() {
    provide(LOADED);
    ServiceLease old = connect();
    one.slow = true;
    old.close();
    control.add("echo", two);
    Awaited stop = new Awaited("echo 1.0.0 to stop (stop.timeout = 10s)", Duration.ofSeconds(10));
    assertThat(control.queries().awaited("echo", 2)).contains(stop);
    control.configure("echo", ServiceSettings.DEFAULT.with(LOCKED));
    assertThat(control.queries().awaited("echo", 2)).contains(stop);
  }

  @Test
  void aDeployOfALockedServiceWaitsForItsUsers() {
    provide(WAITLOCKED);
    control.configure("echo", ServiceSettings.DEFAULT.with(FIXED));
    control.lease("echo").toCompletableFuture().join(); // it stays when asked to leave
    control.configure("echo", ServiceSettings.DEFAULT.with(WAITLOCKED));
    control.add("echo", two);
    assertThat(control.queries().awaited("echo", 2))
        .contains(
            new Awaited(
                "connections of echo to end, as it is WAITLOCKED", Duration.ofSeconds(310)));
    control.configure("echo", ServiceSettings.DEFAULT.with(LOCKED));
    assertThat(control.queries().awaited("echo", 2))
        .contains(
            new Awaited("connections of echo to end (stop.timeout = 10s)", Duration.ofSeconds(20)));
  }

  @Test
  void aReplacedLibraryWaitsForTheUsersOfItsServices() {
    provide(FIXED);
    control.lease("echo").toCompletableFuture().join();
    assertThat(control.queries().suspended(List.of("echo"))).isEmpty();
    control.suspend(List.of("echo"));
    assertThat(control.queries().suspended(List.of("nothing", "echo")))
        .contains(
            new Awaited(
                "connections of echo to end (drain.timeout = 5m)", Duration.ofSeconds(330)));
  }

  @Test
  void aVersionThatFailsAndIsAloneIsToldOnceAndTheNextTakesItsPlace() {
    one.slow = true;
    provide(FIXED);
    one.fail("no such class");
    control.remark("echo", "still the same");
    assertThat(told).containsExactly("1 serves", "1 is alone: no such class");
    control.add("echo", two);
    assertThat(two.state).as("although the other still stops").isEqualTo("ACTIVE");
    assertThat(connect().version().version()).isEqualTo("2.0.0");
    one.finish();
    assertThat(told)
        .containsExactly("1 serves", "1 is alone: no such class", "2 serves", "1 released");
  }

  @Test
  void aVersionThatHasServedIsNotTakenForAFailedOneWhenItDoesNotStartAgain() {
    provide(LOADED);
    ServiceLease lease = connect();
    control.proved(lease);
    one.slow = true;
    lease.close();
    one.finish();
    CompletableFuture<ServiceLease> next = control.lease("echo").toCompletableFuture();
    one.fail("the database is away");
    one.finish();
    assertThat(next).isCompletedExceptionally();
    assertThat(told).containsExactly("1 serves");
  }

  @Test
  void aCandidateThatFailsLeavesItsPlaceToTheOneThatItHadOvertaken() {
    provide(FIXED);
    connect();
    two.slow = true;
    control.add("echo", two);
    three.slow = true;
    control.add("echo", three);
    two.finish(); // it drains, as nobody uses it
    two.finish();
    three.fail("no such class");
    three.finish();
    assertThat(two.state).isEqualTo("STARTING");
    two.finish();
    assertThat(connect().version().version()).isEqualTo("2.0.0");
    assertThat(told).contains("3 failed: no such class", "2 serves");
  }

  @Test
  void theNewVersionTakesOverWhenItHasRegisteredItsService() {
    provide(FIXED);
    ServiceLease old = connect();
    two.slow = true;
    control.add("echo", two);
    assertThat(connect().version()).as("until then").isSameAs(old.version());
    two.finish();
    assertThat(connect().version().version()).isEqualTo("2.0.0");
    assertThat(moved).containsExactly(old.version());
    assertThat(old.version().successor()).isSameAs(connect().version());
    assertThat(rows()).extracting(ServiceStatus::version).containsExactly("2.0.0", "1.0.0");
    assertThat(rows()).extracting(ServiceStatus::refCount).containsExactly(2, 2);
  }

  @Test
  void theOldVersionIsReleasedWhenItsUsersHaveLeftAndTheNewOneIsProven() {
    provide(FIXED);
    ServiceLease old = connect();
    control.add("echo", two);
    old.close();
    assertThat(one.state).isEqualTo("RESOLVED");
    assertThat(told).containsExactly("1 serves", "2 serves");
    control.proved(connect());
    assertThat(told).containsExactly("1 serves", "2 serves", "1 released");
  }

  @Test
  void aVersionThatDoesNotStartIsTakenOutAndTheOldOneServes() {
    provide(FIXED);
    ServiceLease old = connect();
    two.slow = true;
    control.add("echo", two);
    two.fail("no such class");
    two.finish();
    assertThat(connect().version()).isSameAs(old.version());
    assertThat(told).containsExactly("1 serves", "2 failed: no such class", "2 released");
    assertThat(rows().get(0).reason()).isEqualTo("version 2.0.0 was taken out: no such class");
  }

  @Test
  void aVersionThatIsLateIsTakenOutAtItsDeadline() {
    provide(FIXED);
    connect();
    two.slow = true;
    control.add("echo", two);
    thread.advance(ServiceSettings.DEFAULT.startTimeout());
    assertThat(told).contains("2 failed: it did not start within 10s");
    two.finish();
    assertThat(two.state).as("stopped when it comes after all").isEqualTo("STOPPING");
    two.finish();
    assertThat(told).contains("2 released");
  }

  @Test
  void aVersionThatFailsAtItsFirstConnectionGivesWayToTheOneBefore() {
    provide(LOADED);
    control.add("echo", two);
    assertThat(two.state).as("it has been tried, and waits for somebody").isEqualTo("RESOLVED");
    ServiceLease failing = connect();
    assertThat(failing.version().version()).isEqualTo("2.0.0");
    CompletableFuture<ServiceLease> instead =
        control.instead(failing, "NoClassDefFoundError: x").toCompletableFuture();
    failing.close();
    assertThat(instead.join().version().version()).isEqualTo("1.0.0");
    assertThat(two.state).isEqualTo("RESOLVED");
    assertThat(told)
        .containsExactly(
            "1 serves", "2 serves", "2 failed: NoClassDefFoundError: x", "1 serves", "2 released");
  }

  @Test
  void aProvenVersionDoesNotGiveWay() {
    provide(FIXED);
    control.add("echo", two);
    ServiceLease first = connect();
    control.proved(first);
    assertThat(control.instead(first, "x").toCompletableFuture()).isCompletedExceptionally();
    assertThat(connect().version().version()).isEqualTo("2.0.0");
  }

  @Test
  void usersWhoDoNotLeaveAreClosedWhenTheDrainTimeoutHasPassed() {
    provide(FIXED);
    connect();
    control.add("echo", two);
    thread.advance(ServiceSettings.DEFAULT.drainTimeout().minus(Duration.ofSeconds(1)));
    assertThat(one.state).isEqualTo("ACTIVE");
    thread.advance(Duration.ofSeconds(1));
    assertThat(one.state).isEqualTo("RESOLVED");
  }

  @Test
  void aLoadedServiceIsNotStoppedWhileItsUsersAreOnTheirWayToIt() {
    provide(LOADED);
    ServiceLease old = connect();
    control.add("echo", two);
    assertThat(two.state).isEqualTo("ACTIVE");
    old.close();
    assertThat(one.state).isEqualTo("RESOLVED");
    assertThat(two.state).as("nobody came").isEqualTo("RESOLVED");
  }

  @Test
  void versionsThatFollowQuicklyFormAChainToTheLast() {
    provide(FIXED);
    ServiceLease user = connect();
    control.add("echo", two);
    control.add("echo", three);
    ActiveVersion last = connect().version();
    assertThat(last.version()).isEqualTo("3.0.0");
    assertThat(user.version().successor()).isSameAs(last);
    assertThat(last.successor()).isNull();
  }

  @Test
  void aLockedServiceStaysLockedWhenANewVersionArrives() {
    provide(LOCKED);
    control.add("echo", two);
    assertThat(two.starts).isZero();
    assertThat(rows()).extracting(ServiceStatus::version).containsExactly("2.0.0");
    control.configure("echo", ServiceSettings.DEFAULT.with(FIXED));
    assertThat(two.state).isEqualTo("ACTIVE");
    assertThat(one.starts).isZero();
  }

  @Test
  void lockingStopsAllVersions() {
    provide(FIXED);
    connect();
    control.add("echo", two);
    connect();
    control.configure("echo", ServiceSettings.DEFAULT.with(LOCKED));
    assertThat(one.state).isEqualTo("RESOLVED");
    assertThat(two.state).isEqualTo("RESOLVED");
    assertThat(control.lockedDown("echo")).isCompleted();
  }

  @Test
  void aServiceThatIsWithdrawnDrainsAndIsReleased() {
    provide(FIXED);
    ServiceLease user = connect();
    control.withdraw("echo", 1);
    assertThat(control.lease("echo").toCompletableFuture()).isCompletedExceptionally();
    assertThat(rows()).extracting(ServiceStatus::refCount).containsExactly(1);
    user.close();
    assertThat(told).containsExactly("1 serves", "1 released");
  }

  @Test
  void aVersionThatArrivesWhileTheOneBeforeDrainsTakesOverItsUsers() {
    provide(FIXED);
    ServiceLease user = connect();
    control.withdraw("echo", 1);
    control.add("echo", two);
    assertThat(moved).containsExactly(user.version());
    assertThat(user.version().successor().version()).isEqualTo("2.0.0");
    assertThat(settled).as("until they have moved").containsExactly(1L);
    moving.complete(null);
    assertThat(settled).containsExactly(1L, 2L);
    user.close();
    assertThat(told).containsExactly("1 serves", "2 serves", "1 released");
  }

  @Test
  void usersOfAVersionThatWasTakenAwayStartItsSuccessor() {
    provide(LOADED);
    ServiceLease user = connect();
    control.withdraw("echo", 1);
    two.slow = true;
    control.add("echo", two);
    assertThat(two.starts).isEqualTo(1);
    assertThat(moved).isEmpty();
    two.finish();
    assertThat(moved).containsExactly(user.version());
    assertThat(two.state).as("they are on their way to it").isEqualTo("ACTIVE");
  }

  @Test
  void aVersionThatIsTakenAwayWhileItsSuccessorStartsHandsItsUsersOver() {
    provide(FIXED);
    ServiceLease user = connect();
    two.slow = true;
    control.add("echo", two);
    control.withdraw("echo", 1);
    assertThat(moved).isEmpty();
    two.finish();
    assertThat(moved).containsExactly(user.version());
  }

  @Test
  void usersDrainIfTheSuccessorOfAVersionThatWasTakenAwayFails() {
    provide(FIXED);
    ServiceLease user = connect();
    control.withdraw("echo", 1);
    two.slow = true;
    control.add("echo", two);
    two.fail("no such class");
    two.finish();
    assertThat(moved).isEmpty();
    assertThat(settled).as("whoever deployed it need not wait").containsExactly(1L, 2L);
    assertThat(one.state).isEqualTo("ACTIVE");
    two.slow = false;
    control.insist("echo");
    assertThat(moved).as("an operator started it after all").containsExactly(user.version());
  }

  @Test
  void aLockedSuccessorIsNotStartedByThoseWhoDrain() {
    provide(FIXED);
    connect();
    control.withdraw("echo", 1);
    control.configure("echo", ServiceSettings.DEFAULT.with(WAITLOCKED));
    control.add("echo", two);
    assertThat(two.starts).isZero();
    assertThat(moved).isEmpty();
    assertThat(settled).containsExactly(1L, 2L);
  }

  @Test
  void aVersionThatIsReleasedNeverServesAgain() {
    provide(FIXED);
    control.add("echo", two);
    control.proved(connect());
    assertThat(told).as("its bundle is on its way out").endsWith("1 released");
    control.withdraw("echo", 2);
    assertThat(one.starts).isEqualTo(1);
    assertThat(told.stream().filter("1 serves"::equals)).hasSize(1);
    control.remove("echo", two);
    assertThat(one.starts).isEqualTo(1);
    assertThat(control.lease("echo").toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void whoHasDeployedItIsToldWhichVersionServesWhenOneIsTakenAway() {
    provide(FIXED);
    control.add("echo", two);
    control.withdraw("echo", 2);
    assertThat(told).startsWith("1 serves", "2 serves", "1 serves");
    three.slow = true;
    control.add("echo", three);
    control.withdraw("echo", 1);
    assertThat(told).as("it is not there yet").doesNotContain("3 serves");
    three.finish();
    assertThat(told).contains("3 serves");
  }
}

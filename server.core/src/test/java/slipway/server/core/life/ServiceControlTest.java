package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static slipway.admin.ServiceState.FIXED;
import static slipway.admin.ServiceState.LOADED;
import static slipway.admin.ServiceState.LOCKED;
import static slipway.admin.ServiceState.WAITLOCKED;
import static slipway.server.core.life.TestLeases.leaveWhenAsked;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.service.Lease;

class ServiceControlTest {

  private final ManualControl thread = new ManualControl();
  private final ServiceControl control = new ServiceControl(thread, thread::nanos);
  private final FakeProvider bundle = new FakeProvider(17, "1.0.0");
  private final List<String> locked = new ArrayList<>();

  @BeforeEach
  void setUp() {
    control.whenLocked(locked::add);
  }

  private void provide(ServiceState state) {
    control.add("echo", bundle);
    configure(state);
  }

  private void configure(ServiceState state) {
    control.configure("echo", ServiceSettings.DEFAULT.with(state).lingering(Duration.ZERO));
  }

  private ServiceLease connect() {
    return control.lease("echo").toCompletableFuture().join();
  }

  private String refusal(String name) {
    CompletableFuture<ServiceLease> lease = control.lease(name).toCompletableFuture();
    assertThat(lease).isDone();
    return lease.handle((granted, refused) -> refused.getMessage()).join();
  }

  private ServiceStatus status() {
    return control.statuses().get(0);
  }

  // ---- how many connections --------------------------------------------------------------------

  @Test
  void aServiceSaysThatItHasAsManyConnectionsAsItsConfigurationAllows() throws Exception {
    control.add("echo", bundle);
    control.configure("echo", ServiceSettings.of(Map.of("max.connections", "1")));
    assertThat(control.quota("./Services/echo.dll").take()).isTrue();
    assertThat(status().reason()).isEqualTo("is full: max.connections = 1");
    assertThat(control.quota("echo").take()).isFalse();
    control.configure("echo", ServiceSettings.of(Map.of("max.connections", "2")));
    assertThat(status().reason()).isEmpty();
    assertThat(control.quota("echo").take()).isTrue();
    control.unconfigure("echo");
    assertThat(control.quota("echo").take()).isTrue();
    assertThat(control.quota("moon")).isSameAs(Quota.NONE);
  }

  // ---- the table of states, each from each, with no user and with one --------------------------

  @ParameterizedTest
  @CsvSource({
    "LOADED,     LOADED,     ACTIVE,   LOADED",
    "LOADED,     LOCKED,     RESOLVED, LOCKED",
    "LOADED,     WAITLOCKED, RESOLVED, LOCKED",
    "LOADED,     FIXED,      ACTIVE,   FIXED",
    "LOCKED,     LOADED,     ACTIVE,   LOADED",
    "LOCKED,     LOCKED,     RESOLVED, LOCKED",
    "LOCKED,     WAITLOCKED, RESOLVED, LOCKED",
    "LOCKED,     FIXED,      ACTIVE,   FIXED",
    "WAITLOCKED, LOADED,     ACTIVE,   LOADED",
    "WAITLOCKED, LOCKED,     RESOLVED, LOCKED",
    "WAITLOCKED, WAITLOCKED, RESOLVED, LOCKED",
    "WAITLOCKED, FIXED,      ACTIVE,   FIXED",
    "FIXED,      LOADED,     ACTIVE,   LOADED",
    "FIXED,      LOCKED,     RESOLVED, LOCKED",
    "FIXED,      WAITLOCKED, RESOLVED, LOCKED",
    "FIXED,      FIXED,      ACTIVE,   FIXED",
  })
  void followsTheStateWithoutUsers(
      ServiceState from, ServiceState to, String bundleState, ServiceState state) {
    provide(from);
    configure(to);
    control.insist("echo");
    assertThat(status().bundleState()).isEqualTo(bundleState);
    assertThat(status().state()).isEqualTo(state);
    if (to == FIXED) {
      assertThat(bundle.persistent).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LOADED, LOADED,     ACTIVE,   LOADED,     false",
    "LOADED, LOCKED,     RESOLVED, LOCKED,     true",
    "LOADED, WAITLOCKED, ACTIVE,   WAITLOCKED, false",
    "LOADED, FIXED,      ACTIVE,   FIXED,      false",
    "FIXED,  LOADED,     ACTIVE,   LOADED,     false",
    "FIXED,  LOCKED,     RESOLVED, LOCKED,     true",
    "FIXED,  WAITLOCKED, ACTIVE,   WAITLOCKED, false",
    "FIXED,  FIXED,      ACTIVE,   FIXED,      false",
  })
  void followsTheStateWithAUser(
      ServiceState from, ServiceState to, String bundleState, ServiceState state, boolean closed) {
    provide(from);
    ServiceLease user = connect();
    List<String> revoked = new ArrayList<>();
    user.onGoingAway(
        news -> {
          if (news.last()) {
            revoked.add("closed");
            user.close();
          }
        });
    configure(to);
    assertThat(status().bundleState()).isEqualTo(bundleState);
    assertThat(status().state()).isEqualTo(state);
    assertThat(!revoked.isEmpty()).isEqualTo(closed);
    assertThat(status().refCount()).isEqualTo(closed ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({
    "LOADED, ACTIVE, LOADED", "LOCKED, RESOLVED, LOCKED",
    "WAITLOCKED, ACTIVE, WAITLOCKED", "FIXED, ACTIVE, FIXED",
  })
  void canLeaveWaitlockedWhileAUserRemains(
      ServiceState to, String bundleState, ServiceState state) {
    provide(FIXED);
    ServiceLease user = connect();
    leaveWhenAsked(user);
    configure(WAITLOCKED);
    configure(to);
    assertThat(status().bundleState()).isEqualTo(bundleState);
    assertThat(status().state()).isEqualTo(state);
    if (state.admits()) {
      assertThat(connect().name()).isEqualTo("echo");
    }
  }

  // ---- on demand -------------------------------------------------------------------------------

  @Test
  void aLoadedServiceIsNotStartedBeforeSomebodyAsks() {
    provide(LOADED);
    assertThat(bundle.starts).isZero();
  }

  @Test
  void theFirstConnectionStartsALoadedServiceAndTheLastOneStopsIt() {
    provide(LOADED);
    ServiceLease first = connect();
    ServiceLease second = connect();
    assertThat(bundle.state).isEqualTo("ACTIVE");
    assertThat(bundle.persistent).isFalse();
    first.close();
    assertThat(bundle.state).isEqualTo("ACTIVE");
    second.close();
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void aThousandConnectionsAtOnceStartItOnce() {
    provide(LOADED);
    bundle.slow = true;
    List<CompletableFuture<ServiceLease>> leases = new ArrayList<>();
    for (int client = 0; client < 1000; client++) {
      leases.add(control.lease("echo").toCompletableFuture());
    }
    assertThat(leases).noneMatch(CompletableFuture::isDone);
    bundle.finish();
    assertThat(leases).allMatch(lease -> lease.join().service() == bundle.service);
    assertThat(bundle.starts).isEqualTo(1);
    assertThat(status().refCount()).isEqualTo(1000);
  }

  @Test
  void aConnectionThatComesWhileItStopsStartsItAgain() {
    provide(LOADED);
    ServiceLease first = connect();
    bundle.slow = true;
    first.close();
    assertThat(bundle.state).isEqualTo("STOPPING");
    CompletableFuture<ServiceLease> second = control.lease("echo").toCompletableFuture();
    bundle.finish();
    assertThat(bundle.state).isEqualTo("STARTING");
    bundle.finish();
    assertThat(second.join().service()).isSameAs(bundle.service);
  }

  @Test
  void anOperatorStartsALoadedServiceWhichStaysUntilAUserHasComeAndGone() {
    provide(LOADED);
    control.insist("echo");
    assertThat(bundle.state).isEqualTo("ACTIVE");
    ServiceLease user = connect();
    user.close();
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void aRetainedLeaseKeepsItActiveWhenTheConnectionIsGone() {
    provide(LOADED);
    ServiceLease user = connect();
    Lease work = user.retain();
    user.close();
    user.close();
    assertThat(bundle.state).isEqualTo("ACTIVE");
    assertThat(status().refCount()).isEqualTo(1);
    work.close();
    work.close();
    assertThatIllegalStateException().isThrownBy(user::retain);
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  // ---- refusals --------------------------------------------------------------------------------

  @Test
  void refusesANameThatNobodyProvides() {
    assertThat(refusal("nothing")).isEqualTo("unknown service: nothing");
    assertThat(refusal("no\u001b[31m such")).isEqualTo("unknown service: no?[31m?such");
  }

  @Test
  void takesANameInTheFormOfALibrary() {
    provide(FIXED);
    assertThat(control.lease("./Services/echo.dll").toCompletableFuture().join().name())
        .isEqualTo("echo");
  }

  @Test
  void refusesALockedOrDrainingService() {
    provide(LOCKED);
    assertThat(refusal("echo")).isEqualTo("echo is LOCKED");
    configure(FIXED);
    connect();
    configure(WAITLOCKED);
    assertThat(refusal("echo")).isEqualTo("echo is WAITLOCKED");
  }

  @Test
  void aNameCanBeLockedBeforeItsBundleComes() {
    configure(LOCKED);
    assertThat(status().reason()).isEqualTo("no bundle provides it");
    control.add("echo", bundle);
    assertThat(refusal("echo")).isEqualTo("echo is LOCKED");
    assertThat(bundle.starts).isZero();
  }

  @Test
  void lockingRefusesThoseWhoWaitForTheStart() {
    provide(LOADED);
    bundle.slow = true;
    CompletableFuture<ServiceLease> waiting = control.lease("echo").toCompletableFuture();
    configure(LOCKED);
    assertThat(waiting).isCompletedExceptionally();
    bundle.finish();
    assertThat(bundle.state).isEqualTo("STOPPING");
  }

  // ---- WAITLOCKED becomes LOCKED ---------------------------------------------------------------

  @Test
  void becomesLockedWhenTheLastUserOfAWaitlockedServiceLeaves() {
    provide(FIXED);
    ServiceLease user = connect();
    configure(WAITLOCKED);
    assertThat(locked).isEmpty();
    user.close();
    assertThat(status().state()).isEqualTo(LOCKED);
    assertThat(bundle.state).isEqualTo("RESOLVED");
    assertThat(locked).containsExactly("echo");
  }

  // ---- failures --------------------------------------------------------------------------------

  @Test
  void aFailedStartIsShownAndTriedAgainAfterAPause() {
    provide(LOADED);
    bundle.slow = true;
    CompletableFuture<ServiceLease> first = control.lease("echo").toCompletableFuture();
    bundle.fail("no such class");
    assertThat(first).isCompletedExceptionally();
    bundle.finish(); // the stop that follows
    assertThat(status().reason()).isEqualTo("no such class");
    assertThat(status().state()).isEqualTo(LOADED);
    assertThat(refusal("echo")).isEqualTo("echo failed to start");
    assertThat(bundle.starts).isEqualTo(1);

    thread.advance(Failure.FRESH);
    bundle.slow = false;
    assertThat(connect().service()).isSameAs(bundle.service);
    assertThat(status().reason()).isEmpty();
  }

  @Test
  void whoWaitsForAStartIsRefusedAtItsDeadlineAndServedWhenItComesLate() {
    provide(FIXED);
    configure(LOCKED);
    bundle.slow = true;
    configure(FIXED);
    CompletableFuture<Void> settled = control.insist("echo");
    CompletableFuture<ServiceLease> waiting = control.lease("echo").toCompletableFuture();
    thread.advance(ServiceSettings.DEFAULT.startTimeout());
    assertThat(waiting).isCompletedExceptionally();
    assertThat(settled).isCompleted();
    assertThat(status().reason()).isEqualTo("it did not start within 10s");
    assertThat(refusal("echo")).isEqualTo("echo failed to start");

    bundle.finish();
    assertThat(status().reason()).isEmpty();
    assertThat(connect().service()).isSameAs(bundle.service);
  }

  @Test
  void aUserWhoDoesNotLeaveALockedServiceIsLeftBehindAtTheDeadline() {
    provide(FIXED);
    ServiceLease stubborn = connect();
    configure(LOCKED);
    assertThat(bundle.state).isEqualTo("ACTIVE");
    thread.advance(ServiceSettings.DEFAULT.stopTimeout());
    assertThat(bundle.state).isEqualTo("RESOLVED");
    stubborn.close();
    assertThat(status().refCount()).isZero();
  }

  @Test
  void aServiceThatDoesNotStopIsShownAndKeepsNobodyWaiting() {
    provide(FIXED);
    bundle.slow = true;
    configure(LOCKED);
    CompletableFuture<Void> settled = control.insist("echo");
    assertThat(settled).isNotDone();
    thread.advance(ServiceSettings.DEFAULT.stopTimeout());
    assertThat(settled).isCompleted();
    assertThat(status().bundleState()).isEqualTo("STOPPING");
    assertThat(status().reason()).isEqualTo("it did not stop within 10s");
    configure(FIXED);
    bundle.finish();
    assertThat(bundle.state).as("started again once it has stopped").isEqualTo("STARTING");
  }

  @Test
  void anUnlockedServiceIsNotStoppedByTheDeadlineOfItsLock() {
    provide(FIXED);
    connect();
    configure(LOCKED);
    configure(FIXED);
    thread.advance(ServiceSettings.DEFAULT.stopTimeout().plus(Duration.ofSeconds(1)));
    assertThat(bundle.state).isEqualTo("ACTIVE");
    assertThat(status().refCount()).isEqualTo(1);
  }

  // ---- from outside ----------------------------------------------------------------------------

  @Test
  void aFixedServiceThatIsStoppedFromOutsideIsStartedAgain() {
    provide(FIXED);
    ServiceLease user = connect();
    List<String> revoked = new ArrayList<>();
    user.onGoingAway(news -> revoked.add(news.reason() + " " + news.last()));
    control.lost("echo", bundle);
    assertThat(revoked).containsExactly("DRAINED true");
    assertThat(bundle.starts).isEqualTo(2);
    assertThat(bundle.state).isEqualTo("ACTIVE");
  }

  @Test
  void aLockedServiceThatIsStartedFromOutsideIsStoppedAgain() {
    provide(LOCKED);
    bundle.state = "ACTIVE";
    control.startedFromOutside("echo", bundle);
    assertThat(bundle.state).isEqualTo("RESOLVED");
  }

  @Test
  void aLoadedServiceThatIsStartedFromOutsideServes() {
    provide(LOADED);
    bundle.state = "ACTIVE";
    control.startedFromOutside("echo", bundle);
    assertThat(connect().service()).isSameAs(bundle.service);
  }

  @Test
  void aServiceWithoutBundleAndConfigurationIsForgotten() {
    provide(LOCKED);
    control.remove("echo", bundle);
    assertThat(control.statuses()).hasSize(1);
    control.unconfigure("echo");
    assertThat(control.statuses()).isEmpty();
  }

  @Test
  void expectationsAreMetWhenTheConfigurationArrives() {
    CompletableFuture<Void> met = control.expect("echo", LOCKED);
    configure(FIXED);
    assertThat(met).isNotDone();
    configure(LOCKED);
    assertThat(met).isCompleted();
    assertThat(control.expect("echo", LOCKED)).isCompleted();
  }

  // ---- libraries -------------------------------------------------------------------------------

  @Test
  void aFixedServiceThatCouldNotBeResolvedIsStartedWhenPackagesChange() {
    bundle.slow = true;
    bundle.stopped = "INSTALLED";
    provide(FIXED);
    bundle.fail("Unable to resolve it");
    bundle.finish();
    assertThat(bundle.starts).isEqualTo(1);
    bundle.slow = false;
    control.packagesChanged();
    assertThat(status().bundleState()).isEqualTo("ACTIVE");
    assertThat(status().reason()).isEmpty();
  }

  @Test
  void aStartThatCameTooEarlyForItsPackagesIsTriedAgain() {
    bundle.slow = true;
    bundle.stopped = "INSTALLED";
    provide(FIXED);
    control.packagesChanged();
    bundle.fail("Unable to resolve it");
    bundle.slow = false;
    bundle.finish();
    assertThat(bundle.starts).isEqualTo(2);
    assertThat(status().bundleState()).isEqualTo("ACTIVE");
  }

  @Test
  void aServiceThatFailedOtherwiseIsNotStartedWhenPackagesChange() {
    bundle.slow = true;
    provide(FIXED);
    bundle.fail("it throws");
    bundle.finish();
    control.packagesChanged();
    assertThat(bundle.starts).isEqualTo(1);
    assertThat(status().reason()).isEqualTo("it throws");
  }
}

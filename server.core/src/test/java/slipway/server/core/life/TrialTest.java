package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.admin.ServiceState.FIXED;
import static slipway.admin.ServiceState.LOADED;
import static slipway.admin.ServiceState.LOCKED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;

/** A version is said to serve when it has been seen to, though nobody asks for it. */
class TrialTest {

  private static final String NEW = "slipway:service/echo/new";

  private final ManualControl thread = new ManualControl();
  private final ServiceControl control = new ServiceControl(thread, thread::nanos);
  private final FakeProvider one = new FakeProvider(1, "1.0.0");
  private final FakeProvider two = new FakeProvider(2, "2.0.0");
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void setUp() {
    control.deployedBy(
        new Deployments() {
          @Override
          public boolean isNew(String location) {
            return location.equals(NEW);
          }

          @Override
          public void serves(long bundleId, CompletionStage<Void> moved) {
            told.add(bundleId + " serves");
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

  private void configure(ServiceState state) {
    control.configure("echo", ServiceSettings.DEFAULT.with(state));
  }

  private void provide(ServiceState state) {
    control.add("echo", one);
    configure(state);
    told.clear();
  }

  private CompletableFuture<ServiceLease> ask() {
    return control.lease("echo").toCompletableFuture();
  }

  private ServiceStatus status() {
    return control.statuses().get(0);
  }

  // ---- beside a version that serves ------------------------------------------------------------

  @Test
  void aCandidateThatNobodyUsesIsStartedOnceAndStoppedAgain() {
    provide(LOADED);
    two.slow = true;
    control.add("echo", two);
    assertThat(two.state).isEqualTo("STARTING");
    assertThat(two.proof).isTrue();
    assertThat(told).isEmpty();
    two.finish();
    assertThat(told).containsExactly("2 serves");
    two.finish();
    assertThat(two.state).isEqualTo("RESOLVED");
    assertThat(two.starts).isEqualTo(1);
    assertThat(one.starts).isZero();
  }

  @Test
  void aCandidateThatFailsItsTrialIsTakenOutAndTheOldVersionServesWhoAsks() {
    provide(LOADED);
    two.slow = true;
    control.add("echo", two);
    two.fail("no licence");
    two.finish();
    assertThat(told).containsExactly("2 failed: no licence", "2 released");
    assertThat(status().reason()).isEqualTo("version 2.0.0 was taken out: no licence");
    assertThat(ask().join().version().version()).isEqualTo("1.0.0");
  }

  @Test
  void whoAsksDuringATrialIsServedByTheOldVersion() {
    provide(LOADED);
    two.slow = true;
    control.add("echo", two);
    assertThat(ask().join().version().version()).isEqualTo("1.0.0");
    two.finish();
    assertThat(ask().join().version().version()).isEqualTo("2.0.0");
  }

  @Test
  void aSettingForbidsTheTrial() {
    control.add("echo", one);
    control.configure("echo", ServiceSettings.DEFAULT.with(LOADED).untried());
    control.add("echo", two);
    assertThat(two.starts).isZero();
    assertThat(told).containsExactly("1 serves", "2 serves");
  }

  @Test
  void aLockedServiceIsNotTried() {
    provide(LOCKED);
    control.add("echo", two);
    assertThat(two.starts).isZero();
    assertThat(told).contains("2 serves");
  }

  @Test
  void aCandidateThatCannotBeResolvedIsTakenOutAtOnceWhateverTheState() {
    for (ServiceState state : List.of(LOADED, FIXED, LOCKED)) {
      provide(state);
      FakeProvider bad = new FakeProvider(9, "9.0.0");
      bad.unresolved = "nothing provides the package x";
      control.add("echo", bad);
      assertThat(told)
          .as("%s", state)
          .startsWith("9 failed: nothing provides the package x")
          .doesNotContain("9 serves");
      assertThat(bad.starts).isZero();
      assertThat(status().version()).isEqualTo("1.0.0");
      control.remove("echo", bad);
      control.remove("echo", one);
    }
  }

  @Test
  void aCandidateThatIsNotReadyInTimeSaysWhatItWaitedFor() {
    provide(LOADED);
    two.slow = true;
    two.awaited = "it waits for the exchange";
    control.add("echo", two);
    assertThat(control.statuses().get(1).reason()).isEqualTo("it waits for the exchange");
    thread.advance(ServiceSettings.DEFAULT.startTimeout());
    assertThat(told)
        .containsExactly("2 failed: it did not start within 10s: it waits for the exchange");
  }

  @Test
  void aCandidateWaitsUntilALibraryIsReplaced() {
    provide(FIXED);
    control.suspend(List.of("echo"));
    control.add("echo", two);
    assertThat(told).isEmpty();
    control.resume(List.of("echo"));
    assertThat(told).startsWith("2 serves");
  }

  // ---- with none before it ---------------------------------------------------------------------

  @Test
  void theFirstVersionIsSaidToServeWhenItHasBeenStartedOnce() {
    configure(LOADED);
    one.slow = true;
    control.add("echo", one, NEW);
    assertThat(one.state).isEqualTo("STARTING");
    assertThat(one.proof).isTrue();
    assertThat(told).isEmpty();
    one.finish();
    assertThat(told).containsExactly("1 serves");
    one.finish();
    assertThat(one.state).isEqualTo("RESOLVED");
    assertThat(one.starts).isEqualTo(1);
  }

  @Test
  void whoAsksForTheFirstVersionDuringItsTrialIsServedByThatStart() {
    one.slow = true;
    control.add("echo", one, NEW);
    CompletableFuture<ServiceLease> client = ask();
    one.finish();
    assertThat(client.join().version().version()).isEqualTo("1.0.0");
    assertThat(one.starts).isEqualTo(1);
    assertThat(one.state).isEqualTo("ACTIVE");
  }

  @Test
  void theFirstVersionThatFailsIsAloneAndServesIfItIsThereAfterAll() {
    one.slow = true;
    control.add("echo", one, NEW);
    one.fail("no licence");
    one.finish();
    assertThat(told).containsExactly("1 is alone: no licence");
    assertThat(status().reason()).isEqualTo("no licence");
    assertThat(one.starts).isEqualTo(1);
    thread.advance(Duration.ofSeconds(2));
    CompletableFuture<ServiceLease> client = ask();
    one.finish();
    assertThat(client).isCompleted();
    assertThat(told).containsExactly("1 is alone: no licence", "1 serves");
  }

  @Test
  void theFirstVersionThatCannotBeResolvedSaysSoAtOnceAndIsTriedWhenPackagesChange() {
    one.state = "INSTALLED";
    one.stopped = "INSTALLED";
    one.unresolved = "nothing provides the package x";
    control.add("echo", one, NEW);
    assertThat(status().reason()).isEqualTo("nothing provides the package x");
    assertThat(told).containsExactly("1 is alone: nothing provides the package x");
    assertThat(one.starts).isZero();
    one.unresolved = "";
    control.packagesChanged();
    assertThat(told).contains("1 serves");
    assertThat(status().reason()).isEmpty();
  }

  @Test
  void whatWasThereWhenTheHostBeganIsNotTriedButSaysWhatItMisses() {
    one.state = "INSTALLED";
    one.unresolved = "nothing provides the package x";
    control.add("echo", one, "slipway:service/echo/old");
    assertThat(one.starts).isZero();
    assertThat(status().reason()).isEqualTo("nothing provides the package x");
    one.unresolved = "nothing provides the package y";
    control.packagesChanged();
    assertThat(status().reason()).isEqualTo("nothing provides the package y");
    one.unresolved = "";
    control.packagesChanged();
    assertThat(status().reason()).isEmpty();
    assertThat(one.starts).isZero();
  }

  @Test
  void theFirstVersionOfALockedServiceIsNotTried() {
    configure(LOCKED);
    control.add("echo", one, NEW);
    assertThat(one.starts).isZero();
    assertThat(told).containsExactly("1 serves");
  }

  @Test
  void theFirstVersionOfAFixedServiceIsSaidToServeWhenItRuns() {
    configure(FIXED);
    one.slow = true;
    control.add("echo", one, NEW);
    assertThat(told).isEmpty();
    assertThat(control.queries().starting()).containsExactly("echo");
    one.finish();
    assertThat(told).containsExactly("1 serves");
    assertThat(control.queries().starting()).isEmpty();
  }

  @Test
  void aFirstVersionThatIsTakenAwayDuringItsTrialIsForgotten() {
    one.slow = true;
    control.add("echo", one, NEW);
    control.withdraw("echo", 1);
    one.finish();
    one.finish();
    assertThat(told).containsExactly("1 released");
  }
}

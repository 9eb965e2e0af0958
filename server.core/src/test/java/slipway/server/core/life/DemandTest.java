package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import slipway.admin.ServiceState;

/** Whether somebody waits for a service. */
class DemandTest {

  private final ManualControl thread = new ManualControl();
  private final Demand demand = new Demand("echo");
  private final Version serving =
      new Version("echo", new FakeProvider(1, "1.0.0"), null, thread, thread::nanos);
  private final ActiveVersion active =
      TestLeases.version("echo", "1.0.0", connection -> {}, () -> {});
  private final CompletableFuture<ServiceLease> waiter = new CompletableFuture<>();

  private static String refusal(CompletableFuture<ServiceLease> refused) {
    assertThat(refused).isDone();
    return refused.handle((granted, why) -> why.getMessage()).join();
  }

  @Test
  void whoAsksWaitsAndKeepsItWantedUntilServed() {
    assertThat(demand.isOpen()).isFalse();
    assertThat(demand.ask(waiter, ServiceState.LOADED, serving)).isTrue();
    assertThat(demand.isOpen()).isTrue();
    assertThat(demand.isWanted()).isTrue();
    demand.look(ServiceState.LOADED, serving);
    assertThat(waiter).isNotDone();
    demand.serve(active);
    assertThat(waiter.join().version()).isSameAs(active);
    assertThat(demand.isOpen()).isFalse();
  }

  @Test
  void whatAnOperatorWantsEndsWithAUserAndNotBefore() {
    demand.want(true);
    demand.serve(active);
    assertThat(demand.isOpen()).as("nobody has come").isTrue();
    active.lease();
    demand.serve(active);
    assertThat(demand.isOpen()).isFalse();
  }

  @Test
  void whoFindsTheDoorClosedGoesOnWaiting() {
    demand.ask(waiter, ServiceState.LOADED, serving);
    active.users().drain();
    demand.serve(active);
    assertThat(waiter).isNotDone();
    assertThat(demand.isOpen()).isTrue();
  }

  @Test
  void nobodyWaitsForWhatIsClosedOrUnknown() {
    assertThat(demand.ask(waiter, ServiceState.LOCKED, serving)).isFalse();
    assertThat(refusal(waiter)).isEqualTo("echo is LOCKED");
    CompletableFuture<ServiceLease> other = new CompletableFuture<>();
    assertThat(demand.ask(other, ServiceState.LOADED, null)).isFalse();
    assertThat(refusal(other)).isEqualTo("unknown service: echo");
    assertThat(demand.isOpen()).isFalse();
  }

  @Test
  void aFreshFailureAnswersAtOnceAndAnOldOneIsTriedAgain() {
    serving.reject("no such class");
    assertThat(demand.ask(waiter, ServiceState.FIXED, serving)).isFalse();
    assertThat(refusal(waiter)).isEqualTo("echo failed to start");
    thread.advance(Failure.FRESH);
    assertThat(demand.ask(new CompletableFuture<>(), ServiceState.FIXED, serving)).isTrue();
  }

  @Test
  void whoWaitsIsRefusedWhenItFailsOrIsLocked() {
    demand.ask(waiter, ServiceState.LOADED, serving);
    serving.reject("no such class");
    demand.look(ServiceState.LOADED, serving);
    assertThat(refusal(waiter)).isEqualTo("echo failed to start");
    assertThat(demand.isOpen()).isFalse();
    serving.failure().clear();
    CompletableFuture<ServiceLease> other = new CompletableFuture<>();
    demand.ask(other, ServiceState.LOADED, serving);
    demand.look(ServiceState.WAITLOCKED, serving);
    assertThat(refusal(other)).isEqualTo("echo is WAITLOCKED");
  }
}

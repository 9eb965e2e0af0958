package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.admin.ServiceState.FIXED;
import static slipway.admin.ServiceState.LOCKED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.service.Connection;
import slipway.service.Service;
import slipway.service.Successor;

/** Versions that run something beside their connections, which the next one goes on with. */
class SuccessorTest {

  private final ManualControl thread = new ManualControl();
  private final ServiceControl control = new ServiceControl(thread, thread::nanos);
  private final FakeProvider one = new FakeProvider(1, "1.0.0");
  private final FakeProvider two = new FakeProvider(2, "2.0.0");
  private final List<String> told = new ArrayList<>();
  private final World oneWorld = new World("one");
  private final World twoWorld = new World("two");

  /** Goes on with what another one runs when the test says so. */
  private final class World implements Service, Successor {
    private final String name;
    private String runs = "1 cage";
    private CompletableFuture<String> taking = new CompletableFuture<>();

    private World(String name) {
      this.name = name;
    }

    @Override
    public void attach(Connection connection) {}

    @Override
    public CompletionStage<String> takeOver() {
      told.add(name + " takes over");
      return taking;
    }

    @Override
    public String runs() {
      if (runs == null) {
        throw new IllegalStateException("it does not know");
      }
      return runs;
    }
  }

  @BeforeEach
  void setUp() {
    one.service = oneWorld;
    two.service = twoWorld;
    control.handOverBy(
        (from, limit) -> {
          told.add("connections move");
          return CompletableFuture.completedStage(null);
        });
    control.deployedBy(
        new Deployments() {
          @Override
          public void serves(long bundleId, CompletionStage<Void> moved) {
            moved.thenRun(() -> told.add(bundleId + " serves"));
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
          public void released(long bundleId) {}
        });
    control.add("world", one);
    control.configure("world", ServiceSettings.DEFAULT.with(FIXED).lingering(Duration.ZERO));
    told.clear();
  }

  private List<String> told() {
    List<String> now = List.copyOf(told);
    told.clear();
    return now;
  }

  @Test
  void theFirstVersionHasNothingToTakeOver() {
    assertThat(one.state).isEqualTo("ACTIVE");
    assertThat(told()).isEmpty();
  }

  @Test
  void theNextOneGoesOnBeforeConnectionsMove() {
    control.add("world", two);
    assertThat(told()).containsExactly("two takes over");
    assertThat(one.state)
        .as("nobody is connected, and it is needed all the same")
        .isEqualTo("ACTIVE");
    twoWorld.taking.complete(null);
    assertThat(told()).containsExactly("connections move", "2 serves");
    assertThat(one.state).isEqualTo("RESOLVED");
  }

  @Test
  void whatItGoesOnWithIsToldBeforeAndAfter() {
    assertThat(control.queries().runs("world")).isEqualTo("1 cage");
    assertThat(control.queries().tookOver("world", 1)).isEmpty();
    control.add("world", two);
    assertThat(control.queries().tookOver("world", 2)).as("not yet").isEmpty();
    twoWorld.taking.complete("1 cage in 2 ms\nand more");
    assertThat(control.queries().tookOver("world", 2)).isEqualTo("1 cage in 2 ms");
    assertThat(control.queries().tookOver("world", 7)).as("no such bundle").isEmpty();
    assertThat(control.queries().runs("moon")).as("no such service").isEmpty();
  }

  @Test
  void nothingIsToldOfAServiceThatDoesNotKnowOrDoesNotRun() {
    oneWorld.runs = null;
    assertThat(control.queries().runs("world")).isEmpty();
    control.configure("world", ServiceSettings.DEFAULT.with(LOCKED));
    assertThat(one.state).isEqualTo("RESOLVED");
    oneWorld.runs = "1 cage";
    assertThat(control.queries().runs("world")).isEmpty();
  }

  @Test
  void aVersionThatCannotGoOnGivesWay() {
    control.add("world", two);
    oneWorld.taking.complete(null);
    twoWorld.taking.completeExceptionally(new IllegalStateException("no cage\nand more"));
    assertThat(told())
        .containsExactly(
            "two takes over",
            "one takes over",
            "2 failed: no cage",
            "1 serves",
            "2 serves",
            "connections move");
    assertThat(one.state).isEqualTo("ACTIVE");
    assertThat(two.state).isEqualTo("RESOLVED");
    ServiceLease lease = control.lease("world").toCompletableFuture().join();
    assertThat(lease.version().version()).isEqualTo("1.0.0");
  }

  @Test
  void aVersionThatThrowsOrIsLateGivesWay() {
    control.add("world", two);
    oneWorld.taking.complete(null);
    thread.advance(ServiceSettings.DEFAULT.startTimeout());
    assertThat(told()).contains("2 failed: it did not take over within 10s");
    assertThat(one.state).isEqualTo("ACTIVE");
  }
}

package slipway.server.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import slipway.server.core.host.HostPhase.Phase;

class HostPhaseTest {

  private final HostPhase phase = new HostPhase();

  private void start() {
    phase.started(new HostPhase.Start("ready", List.of()));
  }

  @Test
  void aHostStartsRunsAndEnds() {
    assertThat(phase.phase()).isEqualTo(Phase.STARTING);
    assertThat(phase.start()).isEmpty();
    start();
    assertThat(phase.phase()).isEqualTo(Phase.RUNNING);
    assertThat(phase.start().orElseThrow().line()).isEqualTo("ready");
    phase.ends();
    assertThat(phase.phase()).isEqualTo(Phase.ENDING);
  }

  @Test
  void itWaitsForAsLongAsAnybodyDoes() {
    start();
    HostPhase.Wait one = phase.waits(Optional.of(Duration.ofSeconds(5)));
    HostPhase.Wait other = phase.waits(Optional.of(Duration.ofSeconds(60)));
    assertThat(phase.phase()).isEqualTo(Phase.WAITING);
    assertThat(phase.patience()).contains(Duration.ofSeconds(60));
    other.close();
    other.close();
    assertThat(phase.phase()).isEqualTo(Phase.WAITING);
    assertThat(phase.patience()).contains(Duration.ofSeconds(5));
    one.close();
    assertThat(phase.phase()).isEqualTo(Phase.RUNNING);
    assertThat(phase.patience()).isEmpty();
  }

  @Test
  void aWaitWithoutATimeoutHasNoEnd() {
    phase.waits(Optional.of(Duration.ofSeconds(5)));
    phase.waits(Optional.empty());
    assertThat(phase.patience()).isEmpty();
  }

  @Test
  void aWaitDuringTheStartShowsAfterIt() {
    phase.waits(Optional.empty());
    assertThat(phase.phase()).isEqualTo(Phase.STARTING);
    start();
    assertThat(phase.phase()).isEqualTo(Phase.WAITING);
    phase.ends();
    assertThat(phase.phase()).isEqualTo(Phase.ENDING);
  }

  @Test
  void eachChangeIsToldUntilTheListenerIsForgotten() {
    AtomicInteger told = new AtomicInteger();
    Runnable listener = told::incrementAndGet;
    phase.whenChanged(listener);
    start();
    HostPhase.Wait wait = phase.waits(Optional.empty());
    wait.close();
    wait.close();
    assertThat(told).hasValue(3);
    phase.forget(listener);
    phase.ends();
    assertThat(told).hasValue(3);
  }
}

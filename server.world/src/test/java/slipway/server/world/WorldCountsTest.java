package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorldCountsTest {

  private static final long PERIOD = 40;

  private final WorldCounts counts = new WorldCounts();

  @Test
  void aFrameThatTakesLongerThanItMayIsAnOverrun() {
    counts.frame(0, PERIOD, PERIOD, 0);
    counts.frame(0, PERIOD + 1, PERIOD, 0);
    assertThat(counts.totals().frames()).isEqualTo(2);
    assertThat(counts.totals().overruns()).isEqualTo(1);
  }

  @Test
  void aFrameIsLateIfTheNextOneIsDueAlready() {
    counts.frame(PERIOD - 1, 1, PERIOD, 0);
    counts.frame(PERIOD, 1, PERIOD, 0);
    assertThat(counts.totals().late()).isEqualTo(1);
    assertThat(counts.totals().skipped()).isZero();
  }

  @Test
  void framesThatAreLeftOutAreSkipped() {
    counts.frame(2 * PERIOD, 1, PERIOD, 2);
    counts.frame(0, 1, PERIOD, 0);
    assertThat(counts.totals().skipped()).isEqualTo(2);
  }

  @Test
  void whatKeepsTheLoopIsStuck() {
    counts.stuck();
    assertThat(counts.totals().stuck()).isEqualTo(1);
  }
}

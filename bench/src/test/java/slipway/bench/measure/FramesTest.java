package slipway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FramesTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void theEarliestFrameCountsAsInTime() {
    Frames frames =
        new Frames(4, new long[] {8, 9, 11}, new long[] {107, 250_000_100, 750_000_130});
    assertThat(frames.lateness()).containsExactly(7, 0, 30);
    assertThat(frames.missed()).isEqualTo(1);
  }

  @Test
  void sixtyPeriodsAreASecond() {
    assertThat(Frames.due(60, 60)).isEqualTo(SECOND);
    assertThat(Frames.due(60, 1)).isEqualTo(16_666_666);
    assertThat(Frames.due(60, 59)).isEqualTo(983_333_333);
    assertThat(Frames.due(30, 3_000_000_001L)).isEqualTo(100_000_000 * SECOND + 33_333_333);
  }

  @Test
  void ofAKnownBeginningNothingIsGuessed() {
    Frames frames = new Frames(25, new long[] {0, 1}, new long[] {1_050, 40_001_070});
    assertThat(frames.latenessFrom(1_000)).containsExactly(50, 70);
    assertThat(frames.missed()).isZero();
  }

  @Test
  void withoutFramesNothingIsLate() {
    Frames none = new Frames(25, new long[0], new long[0]);
    assertThat(none.lateness()).isEmpty();
    assertThat(none.missed()).isZero();
  }
}

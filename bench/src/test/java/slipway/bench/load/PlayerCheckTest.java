package slipway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PlayerCheckTest {

  private static final long PERIOD = 40_000_000;

  private final Histogram intervals = new Histogram(3);
  private final PlayerCheck check = new PlayerCheck(PERIOD);

  private void updated(double periods, int frame) {
    check.updated((long) (periods * PERIOD), frame, intervals);
  }

  @Test
  void aGapCountsAsWholePeriods() {
    updated(0, 1);
    updated(1.4, 2);
    updated(3, 3);
    updated(6, 5);
    assertThat(check.due()).isEqualTo(1 + 2 + 3);
    assertThat(check.missed()).isEqualTo(1 + 2);
    assertThat(check.wrong()).isZero();
    assertThat(intervals.getTotalCount()).isEqualTo(3);
  }

  @Test
  void twoAtOnceMakeUpForNoGap() {
    updated(0, 1);
    updated(2, 2);
    updated(2.01, 3);
    assertThat(check.due()).isEqualTo(3);
    assertThat(check.missed()).isEqualTo(1);
  }

  @Test
  void numbersHaveToRiseWithinAZone() {
    updated(0, Integer.MAX_VALUE);
    updated(1, Integer.MIN_VALUE); // one more, without a sign
    assertThat(check.wrong()).isZero();
    updated(2, Integer.MIN_VALUE);
    assertThat(check.wrong()).isEqualTo(1);
    check.enter();
    updated(3, 7);
    assertThat(check.wrong()).isEqualTo(1);
  }

  @Test
  void whatWasBeforeIsForgotten() {
    updated(0, 1);
    updated(5, 1);
    check.measure();
    updated(9, 2); // nobody looked meanwhile
    updated(10, 3);
    assertThat(check.due()).isEqualTo(1);
    assertThat(check.missed()).isZero();
    assertThat(check.wrong()).isZero();
  }
}

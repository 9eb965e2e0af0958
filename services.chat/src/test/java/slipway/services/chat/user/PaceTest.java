package slipway.services.chat.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @ParameterizedTest
  @ValueSource(longs = {0, -5_000_000_000L, 1L << 61})
  void aBurstIsTakenThenSoManyASecond(long start) {
    Pace pace = new Pace(start);
    for (int i = 0; i < 5; i++) {
      assertThat(pace.take(start, 5, 2)).isZero();
    }
    assertThat(pace.take(start, 5, 2)).isEqualTo(SECOND / 2);
    assertThat(pace.take(start + SECOND / 2 - 1, 5, 2)).isEqualTo(1);
    assertThat(pace.take(start + SECOND / 2, 5, 2)).isZero();
    assertThat(pace.take(start + SECOND / 2, 5, 2)).isEqualTo(SECOND / 2);
  }

  @Test
  void silenceGivesTheBurstBackAndNotMore() {
    Pace pace = new Pace(0);
    long later = 1000 * SECOND;
    for (int i = 0; i < 3; i++) {
      assertThat(pace.take(later, 3, 1)).isZero();
    }
    assertThat(pace.take(later, 3, 1)).isEqualTo(SECOND);
  }

  @Test
  void whatIsRefusedCostsNothing() {
    Pace pace = new Pace(0);
    assertThat(pace.take(0, 1, 1)).isZero();
    for (int i = 0; i < 100; i++) {
      assertThat(pace.take(0, 1, 1)).isEqualTo(SECOND);
    }
    assertThat(pace.take(SECOND, 1, 1)).isZero();
  }

  @Test
  void aNewRateHoldsAtOnce() {
    Pace pace = new Pace(0);
    assertThat(pace.take(0, 1, 1)).isZero();
    assertThat(pace.take(0, 100, 1000)).isEqualTo(SECOND / 1000);
    assertThat(pace.take(SECOND / 1000, 100, 1000)).isZero();
  }
}

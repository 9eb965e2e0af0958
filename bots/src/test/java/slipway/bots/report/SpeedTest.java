package slipway.bots.report;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeedTest {

  @Test
  void eachLookCountsFromTheOneBefore() {
    Speed speed = new Speed();
    long began = -5; // such a clock may say anything
    speed.begin(began);
    assertThat(speed.next(began + SECONDS.toNanos(2), 100)).isEqualTo(50);
    assertThat(speed.next(began + SECONDS.toNanos(3), 110)).isEqualTo(10);
    assertThat(speed.next(began + SECONDS.toNanos(7), 110)).isZero();
  }
}

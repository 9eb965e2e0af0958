package slipway.server.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlidingMeanTest {

  private final SlidingMean mean = new SlidingMean(Duration.ofSeconds(10));

  private static Duration at(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static double nanos(int seconds) {
    return seconds * 1e9;
  }

  @Test
  void thereIsNoneBeforeAWindowIsOver() {
    for (int second = 3; second < 13; second++) {
      assertThat(mean.add(at(second), nanos(second))).isEmpty();
    }
    assertThat(mean.add(at(13), nanos(13))).hasValue(1);
  }

  @Test
  void whatIsOlderThanAWindowDoesNotCount() {
    mean.add(at(0), 0);
    for (int second = 1; second <= 5; second++) {
      mean.add(at(second), nanos(100));
    }
    assertThat(mean.add(at(10), nanos(100))).hasValue(10);
    assertThat(mean.add(at(11), nanos(100))).hasValue(0);
    assertThat(mean.add(at(15), nanos(105))).hasValue(0.5);
  }

  @Test
  void itIsExactAlsoIfItIsToldRarelyOrOften() {
    mean.add(at(0), 0);
    assertThat(mean.add(at(40), nanos(10))).hasValue(0.25);
    for (int step = 1; step <= 1000; step++) {
      mean.add(at(40).plusMillis(20 * step), nanos(10) + nanos(step) / 100);
    }
    assertThat(mean.add(at(61), nanos(20)).orElseThrow()).isCloseTo(0.45, within(0.03));
  }
}

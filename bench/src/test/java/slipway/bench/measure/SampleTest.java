package slipway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void theMedianIsTheMiddleOfAnOddNumberOfRuns() {
    assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(Sample.of(1, 2, 4, 100).median()).isEqualTo(3);
  }

  @Test
  void theSpreadIsFromTheLeastToTheGreatest() {
    Sample sample = Sample.of(3, -1, 2);
    assertThat(sample.min()).isEqualTo(-1);
    assertThat(sample.max()).isEqualTo(3);
    assertThat(sample.size()).isEqualTo(3);
  }

  @Test
  void noRunsAreNoSample() {
    assertThatThrownBy(() -> Sample.of()).isInstanceOf(IllegalArgumentException.class);
  }
}

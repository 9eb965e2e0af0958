package slipway.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void aBoundBelongsToItsBucket() {
    Histogram histogram = Histogram.ofTimes(Duration.ofMillis(300), Duration.ofSeconds(1));
    for (long millis : new long[] {0, 300, 301, 1000, 1001, 60_000}) {
      histogram.record(Duration.ofMillis(millis).toNanos());
    }
    Distribution shown = histogram.snapshot();
    assertThat(shown.bounds()).containsExactly(0.3, 1.0);
    assertThat(shown.counts()).containsExactly(2L, 2L, 2L);
    assertThat(shown.count()).isEqualTo(6);
    assertThat(shown.sum()).isCloseTo(62.602, within(1e-9));
    assertThat(shown.countWithin(0.2)).isZero();
    assertThat(shown.countWithin(0.3)).isEqualTo(2);
    assertThat(shown.countWithin(60)).isEqualTo(4);
  }

  @Test
  void aClockThatStepsBackCountsAsNothing() {
    Histogram histogram = Histogram.ofTimes();
    histogram.record(-1);
    assertThat(histogram.snapshot().counts().getFirst()).isEqualTo(1);
    assertThat(histogram.snapshot().sum()).isZero();
  }

  @Test
  void sizesAreShownAsTheyAre() {
    Histogram histogram = Histogram.ofSizes(100, 1000);
    histogram.record(100);
    histogram.record(5000);
    assertThat(histogram.snapshot())
        .isEqualTo(new Distribution(List.of(100.0, 1000.0), List.of(1L, 0L, 1L), 5100));
  }

  @Test
  void manyThreadsRecordAtOnce() {
    Histogram histogram = Histogram.ofSizes(5);
    IntStream.range(0, 8)
        .parallel()
        .forEach(thread -> IntStream.range(0, 10_000).forEach(i -> histogram.record(i % 10)));
    assertThat(histogram.snapshot().counts()).containsExactly(48_000L, 32_000L);
    assertThat(histogram.snapshot().sum()).isEqualTo(360_000);
  }

  @Test
  void boundsRise() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Histogram.ofSizes(10, 10))
        .withMessage("bounds = [10.0, 10.0]: allowed are rising numbers");
  }

  @Test
  void distributionsWithOtherBucketsAreNotAddedUp() {
    Distribution one = new Distribution(List.of(1.0), List.of(2L, 3L), 4);
    assertThat(one.plus(one)).isEqualTo(new Distribution(List.of(1.0), List.of(4L, 6L), 8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.plus(Distribution.of(1, 1)))
        .withMessageContaining("allowed are those of the other, [1.0]");
  }

  @Test
  void aDistributionHasACountForEachBucket() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution(List.of(1.0), List.of(1L), 1))
        .withMessageContaining("one more than the bounds [1.0]");
  }
}

package slipway.server.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LagHistogramTest {

  private final LagHistogram histogram = new LagHistogram();

  @Test
  void aBoundBelongsToItsBucket() {
    Duration bound = Duration.ofMillis(1);
    histogram.record(bound);
    histogram.record(bound.plusNanos(1));
    assertThat(histogram.snapshot().countWithin(bound)).isOne();
    assertThat(histogram.snapshot().count()).isEqualTo(2);
  }

  @Test
  void whatIsLongerThanAllBoundsIsLast() {
    histogram.record(Duration.ofHours(1));
    LagHistogram.Snapshot snapshot = histogram.snapshot();
    assertThat(snapshot.counts().getLast()).isOne();
    assertThat(snapshot.countWithin(snapshot.bounds().getLast())).isZero();
    assertThat(snapshot.sum()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void boundsRise() {
    assertThat(histogram.snapshot().bounds()).isSorted().doesNotHaveDuplicates();
  }
}

package slipway.server.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.server.core.usage.Share.Change.NONE;
import static slipway.server.core.usage.Share.Change.OVER;
import static slipway.server.core.usage.Share.Change.WITHIN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.server.core.usage.Share.Change;

class ShareTest {

  private static final int PROCESSORS = 2;
  private static final int WINDOW = 10;

  private final Share share = new Share(Share.Kind.CPU);
  private int now;
  private double sum;

  private void limit(int percent) {
    share.restart(percent, Duration.ofSeconds(WINDOW));
    look(0);
  }

  private Change look(double percent) {
    now++;
    sum += percent / 100 * PROCESSORS * 1e9;
    return share.look(Duration.ofSeconds(now), sum, PROCESSORS);
  }

  /** What has changed while it uses so much for some seconds. */
  private List<Change> use(double percent, int seconds) {
    List<Change> changes = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      Change change = look(percent);
      if (change != NONE) {
        changes.add(change);
      }
    }
    return changes;
  }

  @Test
  void itIsOverOnceAWholeWindowWasOver() {
    limit(50);
    assertThat(use(84, WINDOW - 1)).isEmpty();
    assertThat(share.figures().used()).isEmpty();
    assertThat(look(84)).isEqualTo(OVER);
    assertThat(share.isOver()).isTrue();
    assertThat(share.figures().used().orElseThrow()).isBetween(0.8399, 0.8401);
    assertThat(share.figures().most()).hasValue(0.5);
    assertThat(share.excess())
        .isEqualTo("uses 84 % of the processors, more than max.cpu.share = 50 %");
    assertThat(share.pastExcess())
        .isEqualTo("used 84 % of the processors for 10s, more than max.cpu.share = 50 %");
    assertThat(use(84, 100)).isEmpty();
    assertThat(share.figures().timesOver()).isEqualTo(1);
  }

  @Test
  void aMomentIsNoWindow() {
    limit(50);
    use(10, WINDOW);
    assertThat(use(100, 4)).isEmpty();
    assertThat(use(10, 30)).isEmpty();
    assertThat(share.figures().timesOver()).isZero();
  }

  @Test
  void itIsWithinWhenItUsesClearlyLessForAWindow() {
    limit(50);
    use(60, WINDOW);
    assertThat(use(46, 30)).isEmpty();
    assertThat(share.isOver()).isTrue();
    assertThat(use(44, WINDOW / 2)).isEmpty();
    assertThat(use(12, WINDOW)).containsExactly(WITHIN);
    assertThat(share.rest()).isEqualTo("uses 12 % of the processors, within max.cpu.share = 50 %");
  }

  @Test
  void whatStaysAroundTheLimitIsToldOnce() {
    limit(50);
    List<Change> changes = new ArrayList<>();
    for (int turn = 0; turn < 50; turn++) {
      changes.addAll(use(52, 11));
      changes.addAll(use(48, 11));
    }
    assertThat(changes).containsExactly(OVER);
  }

  @Test
  void whatIsHardlyMoreDoesNotLookEqual() {
    limit(50);
    use(50.2, WINDOW);
    assertThat(share.excess()).startsWith("uses 51 % of");
  }

  @Test
  void withoutALimitNothingIsSaid() {
    limit(0);
    assertThat(use(100, 100)).isEmpty();
    assertThat(share.figures().most()).isEmpty();
    assertThat(share.figures().used()).isEmpty();
  }

  @Test
  void itCountsOnWithAnotherLimit() {
    limit(50);
    use(60, WINDOW);
    limit(55);
    assertThat(share.isOver()).isFalse();
    assertThat(use(60, WINDOW)).containsExactly(OVER);
    assertThat(share.figures().timesOver()).isEqualTo(2);
  }

  @Test
  void theHeapIsToldAsAnEstimate() {
    Share heap = new Share(Share.Kind.HEAP);
    heap.restart(30, Duration.ofSeconds(WINDOW));
    heap.look(Duration.ZERO, 0, 512);
    assertThat(heap.look(Duration.ofSeconds(WINDOW), 0.45 * 512 * 1e9 * WINDOW, 512))
        .isEqualTo(OVER);
    assertThat(heap.excess())
        .isEqualTo("keeps about 45 % of the heap, more than max.heap.share = 30 %");
  }
}

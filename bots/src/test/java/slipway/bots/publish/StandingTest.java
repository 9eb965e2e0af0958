package slipway.bots.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.bots.publish.Standing.Client;

class StandingTest {

  @Test
  void nothingIsMissingIfEachHasHeardAllOthers() {
    Standing standing =
        new Standing(
            List.of(new Client(0, 5, new long[] {0, 7}), new Client(1, 7, new long[] {5, 0})));
    assertThat(standing.missing()).isZero();
  }

  @Test
  void whatOneHasNotHeardOfAnotherIsMissing() {
    Standing standing =
        new Standing(
            List.of(new Client(0, 5, new long[] {0, 4}), new Client(1, 7, new long[] {3, 0})));
    assertThat(standing.missing()).isEqualTo(3 + 2);
  }

  @Test
  void whatThoseThatAreNotInHavePublishedIsNotAwaited() {
    assertThat(new Standing(List.of(new Client(1, 7, new long[] {0, 0, 0}))).sent(3))
        .containsExactly(0, 7, 0);
  }

  @Test
  void thoseThatAreNotInDoNotCount() {
    assertThat(new Standing(List.of(new Client(1, 7, new long[] {0, 0, 0}))).missing()).isZero();
  }
}

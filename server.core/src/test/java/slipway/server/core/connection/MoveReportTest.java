package slipway.server.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MoveReportTest {

  @Test
  void writesNumbersThatFollowEachOtherAsRanges() {
    assertThat(MoveReport.ranges(List.of(1L, 2L, 3L, 7L, 9L, 10L))).isEqualTo("1-3, 7, 9-10");
    assertThat(MoveReport.ranges(List.of(5L))).isEqualTo("5");
    assertThat(MoveReport.ranges(List.of())).isEmpty();
  }
}

package slipway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.bench.measure.JavaTools.ClassCount;

class JavaToolsTest {

  @Test
  void aHistogramIsReadByClass() {
    List<String> lines =
        List.of(
            "4711:",
            " num     #instances         #bytes  class name (module)",
            "-------------------------------------------------------",
            "   1:          2500         150000  [B (java.base@25)",
            "   2:            10            240  a.Service",
            "   3:             5            120  a.Service",
            "Total          2515         150360");
    assertThat(JavaTools.parseHistogram(lines))
        .containsOnlyKeys("[B", "a.Service")
        .containsEntry("a.Service", new ClassCount(15, 360));
  }

  @Test
  void columnsAreReadByTheirFirstHeading() {
    List<String> lines =
        List.of(
            "Loaded  Bytes  Unloaded  Bytes     Time  CGC",
            "  5114 10240.5       41   99.1     0.42  -");
    assertThat(JavaTools.parseColumns(lines))
        .containsEntry("Loaded", 5114.0)
        .containsEntry("Unloaded", 41.0)
        .containsEntry("Bytes", 10240.5)
        .doesNotContainKey("CGC");
  }
}

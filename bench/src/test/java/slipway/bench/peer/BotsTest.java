package slipway.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import slipway.bench.peer.Bots.Report;

class BotsTest {

  private static final String JSON =
      """
      {"title": "world", "passed": false,
       "mustBeZero": {"refused": 1, "frameErrors": 2, "unexpectedCloses": 3,
                      "failedConnects": 4, "botsLate": 5},
       "figures": {"updates": 1000, "intervalP99Micros": 40123}}
      """;

  @Test
  void whatMustBeZeroIsDroppedOrWrong() {
    Report report = Report.parse(JSON);
    assertThat(report.dropped()).isEqualTo(7);
    assertThat(report.wrong()).isEqualTo(3);
    assertThat(report.faults())
        .isEqualTo("refused 1, frameErrors 2, unexpectedCloses 3, failedConnects 4, botsLate 5");
  }

  @Test
  void figuresAreFoundByTheirKeys() {
    Report report = Report.parse(JSON);
    assertThat(report.figure("updates")).isEqualTo(1000);
    assertThat(report.figure("intervalP99Micros")).isEqualTo(40_123);
  }
}

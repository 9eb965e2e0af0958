package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

  @ParameterizedTest
  @CsvSource({
    "0,PT0S",
    "500ms,PT0.5S",
    "10s,PT10S",
    "10 s,PT10S",
    "5m,PT5M",
    "2h,PT2H",
    "1d,PT24H"
  })
  void readsANumberWithItsUnit(String text, Duration expected) throws LaunchException {
    assertThat(Limit.parse("--timeout", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "s", "-1s", "1.5s", "9999999999s"})
  void refusesAnythingElseWithWhatIsAllowed(String text) {
    assertThatThrownBy(() -> Limit.parse("--timeout", text))
        .hasMessageStartingWith("--timeout " + text + ": allowed is");
  }

  @Test
  void writesTheTwoLargestUnits() {
    assertThat(Limit.format(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(Limit.format(Duration.ofSeconds(61))).isEqualTo("1m 1s");
    assertThat(Limit.format(Duration.ofMinutes(125))).isEqualTo("2h 5m");
    assertThat(Limit.format(Duration.ofHours(49))).isEqualTo("2d 1h");
  }
}

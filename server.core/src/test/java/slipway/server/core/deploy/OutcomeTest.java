package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {

  @ParameterizedTest
  @CsvSource({
    "INSTALLED, INSTALLED SERVES REMOVED FAILED",
    "SERVES, SERVES REPLACED REMOVED FAILED",
    "REPLACED, SERVES REPLACED REMOVED FAILED",
    "REMOVED, REMOVED",
    "FAILED, SERVES REMOVED FAILED",
  })
  void anOutcomeMayBecome(Outcome outcome, String next) {
    assertThat(
            Arrays.stream(Outcome.values())
                .filter(outcome::mayBecome)
                .map(Outcome::name)
                .collect(Collectors.joining(" ")))
        .isEqualTo(next);
  }

  @Test
  void someHaveServed() {
    assertThat(Arrays.stream(Outcome.values()).filter(Outcome::hasServed))
        .containsExactly(Outcome.SERVES, Outcome.REPLACED, Outcome.REMOVED);
  }
}

package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTest {

  @ParameterizedTest
  @CsvSource({
    "INSTALLED, INSTALLED SERVES OVERTAKEN WITHDRAWN FAILED",
    "SERVES, SERVES REPLACED REMOVED FAILED",
    "REPLACED, SERVES REPLACED REMOVED FAILED",
    "OVERTAKEN, SERVES OVERTAKEN WITHDRAWN FAILED",
    "REMOVED, REMOVED",
    "WITHDRAWN, WITHDRAWN",
    "FAILED, SERVES WITHDRAWN FAILED",
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

  @ParameterizedTest
  @EnumSource
  void whatIsTakenAwayIsRemovedIfItHasServed(Outcome outcome) {
    Outcome gone = outcome.gone();
    assertThat(gone).isEqualTo(outcome.hasServed() ? Outcome.REMOVED : Outcome.WITHDRAWN);
    assertThat(gone.isGone()).isTrue();
    assertThat(outcome.mayBecome(gone)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void anOutcomeIsReadByItsWord(Outcome outcome) {
    assertThat(Outcome.of(outcome.word())).contains(outcome);
    assertThat(outcome.word()).as("what ends it on record").doesNotContain(": ");
  }
}

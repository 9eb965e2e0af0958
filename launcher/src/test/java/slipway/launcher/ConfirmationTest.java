package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmationTest {

  @Test
  void anErrorThatNamesACommandAsksForConfirmation() {
    Reply reply = new Reply("logs clear would delete 2 files; to confirm: logs clear --yes");
    Confirmation confirmation = Confirmation.of(reply).orElseThrow();
    assertThat(confirmation.command()).isEqualTo("logs clear --yes");
    assertThat(confirmation.question()).isEqualTo("logs clear would delete 2 files. Do it? [y/N] ");
  }

  @Test
  void otherRepliesAskForNothing() {
    assertThat(Confirmation.of(Reply.SUCCESS)).isEmpty();
    assertThat(Confirmation.of(new Reply("unknown command: x; try: help"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "y, true",
    "Yes, true",
    "' Y ', true",
    "n, false",
    "'', false",
    ", false",
    "yep, false"
  })
  void onlyYesIsAYes(String answer, boolean yes) {
    assertThat(Confirmation.isYes(answer)).isEqualTo(yes);
  }
}

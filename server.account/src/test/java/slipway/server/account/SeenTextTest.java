package slipway.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SeenTextTest {

  /** The chat's {@code PlainTextTest} has the same ones. */
  static Stream<Arguments> reasonsAndWhatIsKept() {
    return Stream.of(
        Arguments.of("too much noise", "too much noise"),
        Arguments.of("  both ends ", "both ends"),
        Arguments.of("\u202eevil\u2066x\u2069\u061c", "evilx"),
        Arguments.of("zero\u200bwidth\ufeff soft\u00adhyphen\u2060", "zerowidth softhyphen"),
        Arguments.of("pua\ue0a0\udbff\udffd non\ufdd0\uffff half\ud83d", "pua non half"),
        Arguments.of("a" + "\u0301".repeat(50) + "b", "a\u0301\u0301\u0301\u0301b"),
        Arguments.of("\u0915" + "\u093e".repeat(9), "\u0915" + "\u093e".repeat(4)),
        Arguments.of("x\ufe0f\ufe0f\u200d\u200dy", "x\ufe0f\u200dy"),
        Arguments.of("\u0301\ufe0f\u200dz", "z"), // marks on nothing
        Arguments.of("a\u3164b \u2800", "a\u3164b"),
        Arguments.of("\u3164\u2800\u115f\uffa0\u00a0\u3000", ""),
        Arguments.of("\u200d\u034f\u2065\ufff0\u17b4", ""),
        Arguments.of("a\udb40\udc67\udb40\udc7fb", "ab"), // tags
        Arguments.of("new \u0378 \u1aff\u20ff", "new \u0378"),
        Arguments.of("\u06a9\u200c\u0627 👩\u200d💻 👍🏽", "\u06a9\u200c\u0627 👩\u200d💻 👍🏽"),
        Arguments.of("\u0600123 \u06dd", "\u0600123 \u06dd"), // signs around digits are drawn
        Arguments.of("लक्ष्मी လျှို့ဝှက် བསྒྲུབས", "लक्ष्मी လျှို့ဝှက် བསྒྲུབས"),
        Arguments.of("Grüße 你好 שלום", "Grüße 你好 שלום"));
  }

  @ParameterizedTest
  @MethodSource("reasonsAndWhatIsKept")
  void whatNobodyWouldSeeIsLeftOut(String typed, String kept) {
    assertThat(SeenText.of(typed)).isEqualTo(kept);
    assertThat(SeenText.of(kept)).as("again").isEqualTo(kept);
  }
}

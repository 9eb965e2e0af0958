package slipway.services.chat.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTextTest {

  static Stream<Arguments> typedAndShown() {
    return Stream.of(
        Arguments.of("hello", "hello"),
        Arguments.of("  both ends \t", "both ends"),
        Arguments.of("a\tb", "a b"),
        Arguments.of("\u001b[2J\u001b]0;title\u0007x", "[2J]0;titlex"),
        Arguments.of("c1\u009b31m", "c131m"),
        Arguments.of("bell\u0007\u0000\u007f", "bell"),
        Arguments.of("one\rtwo\u2028three\u2029four", "onetwothreefour"),
        Arguments.of("\u202eevil\u2066x\u2069", "evilx"),
        Arguments.of("zero\u200bwidth\ufeff", "zerowidth"),
        Arguments.of("\u06a9\u200c\u0627", "\u06a9\u200c\u0627"),
        Arguments.of("👩\u200d💻", "👩\u200d💻"),
        Arguments.of("Grüße 你好 שלום", "Grüße 你好 שלום"));
  }

  @ParameterizedTest
  @MethodSource("typedAndShown")
  void nothingInATextCommandsATerminal(String typed, String shown) {
    assertThat(PlainText.of(typed)).isEqualTo(shown);
    assertThat(PlainText.of(typed.getBytes(StandardCharsets.UTF_8))).isEqualTo(shown);
  }

  @Test
  void noControlCharacterPassesWhereverItStands() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      int type = Character.getType(point);
      if (type == Character.CONTROL || type == Character.SURROGATE) {
        String typed = "a" + new StringBuilder().appendCodePoint(point) + "b";
        assertThat(PlainText.of(typed)).isIn("ab", "a b");
      }
    }
  }

  @Test
  void whatIsNoUtf8BecomesTheReplacementCharacter() {
    assertThat(PlainText.of(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b'}))
        .isEqualTo("a\ufffd\ufffdb");
    assertThat(PlainText.of(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))
        .as("half of a pair in UTF-8")
        .matches("\ufffd+");
  }

  @ParameterizedTest
  @CsvSource({
    "abc,3,abc",
    "abc,2,ab",
    "aé,2,a",
    "aé,3,aé",
    "€x,2,''",
    "€x,4,€x",
    "a😀,4,a",
    "a😀,5,a😀"
  })
  void aTextIsCutBetweenCharacters(String text, int bytes, String cut) {
    assertThat(PlainText.atMost(text, bytes)).isEqualTo(cut);
  }
}

package slipway.services.chat.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"hello", "a\tb", "Grüße 你好 שלום", "👩\u200d💻", "\u001b[31mred\u001b[0m"})
  void bytesAreReadAsTheTextThatTheyAreInUtf8(String typed) {
    assertThat(PlainText.of(typed.getBytes(StandardCharsets.UTF_8))).isEqualTo(PlainText.of(typed));
  }

  @Test
  void whatNobodyElseKnowsIsShownAsUnknown() {
    assertThat(PlainText.of("pua \ue0a0 half \ud83d")).isEqualTo("pua \ufffd half \ufffd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u3164",
        "\u2800\u2800",
        "\u115f\u1160",
        "\uffa0",
        "\u00a0 \u3000\u2007",
        "\u034f",
        "\u200d\u200d",
        "\ufe0f",
        "\u0301\u0301",
        "\u180e\u17b4",
        "\u2d7f",
        "\ud81b\udfe4",
        "\ud804\udc7f",
        "\udb40\udc67\udb40\udc7f",
        "\u001b[31m\u001b[0m",
        "\u2066\u2069 \u202e",
        "\u2028"
      })
  void ofATextThatNobodyWouldSeeNothingIsLeft(String typed) {
    assertThat(PlainText.of(typed)).isEmpty();
    assertThat(PlainText.of("/me \u2800" + typed)).as("behind a command").isEqualTo("/me");
    assertThat(PlainText.isMeant(typed.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @Test
  void anEnterAloneIsNotMeantAsAMessage() {
    assertThat(PlainText.isMeant(" \t\r".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void aByteOfC1IsTakenForTheBeginOfASequence() {
    assertThat(PlainText.of(new byte[] {'a', (byte) 0x9b, '3', '1', 'm', 'b'})).isEqualTo("ab");
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

  /**
   * A family, a thumb of a colour, flags, a letter with marks, a syllable of Hangul and one more.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
        "\ud83d\udc4d\ud83c\udffe",
        "\ud83c\udde9\ud83c\uddea",
        "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f",
        "\u2764\ufe0f",
        "e\u0301\u0323",
        "\u1112\u1161\u11ab",
        "\u0915\u093f"
      })
  void whatIsDrawnAsOneSignIsNotCut(String sign) {
    int bytes = sign.getBytes(StandardCharsets.UTF_8).length;
    for (int i = 0; i < bytes; i++) {
      assertThat(PlainText.atMost("ab" + sign + "c", 2 + i)).isEqualTo("ab");
    }
    assertThat(PlainText.atMost("ab" + sign + "c", 2 + bytes)).isEqualTo("ab" + sign);
  }

  @Test
  void aSignThatIsTooLongAloneIsCutAndNotLeftOut() {
    String family = "\ud83d\udc69" + "\u200d\ud83d\udc67".repeat(99);
    assertThat(PlainText.atMost(family, 200)).isNotEmpty();
    assertThat(PlainText.atMost("\ud83d\udc69", 3)).isEmpty();
  }
}

package slipway.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VisibleTextTest {

  private static String shown(String typed) {
    return VisibleText.of(typed, Unknown.REPLACED);
  }

  private static String kept(String typed) {
    return VisibleText.of(typed, Unknown.LEFT_OUT);
  }

  static Stream<Arguments> typedAndShown() {
    return Stream.of(
        Arguments.of("hello", "hello"),
        Arguments.of("  both ends \t", "both ends"),
        Arguments.of("a\tb", "a b"),
        Arguments.of("bell\u0007\u0000\u007f", "bell"),
        Arguments.of("one\rtwo\u2028three\u2029four", "onetwo three four"),
        Arguments.of("\u202eevil\u2066x\u2069\u061c", "evilx"),
        Arguments.of("zero\u200bwidth\ufeff soft\u00adhyphen", "zerowidth softhyphen"),
        Arguments.of("\u06a9\u200c\u0627", "\u06a9\u200c\u0627"),
        Arguments.of("👩\u200d💻", "👩\u200d💻"),
        Arguments.of("❤\ufe0f\u200d🔥 1\ufe0f\u20e3 👍🏽", "❤\ufe0f\u200d🔥 1\ufe0f\u20e3 👍🏽"),
        Arguments.of(
            "🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f!",
            "🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f!"),
        Arguments.of("🏴\udb40\udc67\udb40\udc62", "🏴"), // a flag without an end
        Arguments.of("a\udb40\udc67\udb40\udc62\udb40\udc7fb", "ab"), // text in tags is hidden
        Arguments.of("a\u115f\u1160\u3164\uffa0\ud81b\udfe4\ud834\udd59b", "ab"), // fillers
        Arguments.of("\u2813\u280a\u2800\u2813\u280a", "\u2813\u280a\u2800\u2813\u280a"),
        Arguments.of("\u0600123 \u06dd", "\u0600123 \u06dd"), // signs around digits are drawn
        Arguments.of("pua \ue0a0 \udbff\udffd", "pua \ufffd \ufffd"),
        Arguments.of("non \ufdd0 \uffff", "non \ufffd \ufffd"),
        Arguments.of("half \ud83d", "half \ufffd"),
        Arguments.of("लक्ष्मी လျှို့ဝှက်", "लक्ष्मी လျှို့ဝှက်"),
        Arguments.of("བསྒྲུབས ཧཱུྃ", "བསྒྲུབས ཧཱུྃ"),
        Arguments.of("Grüße 你好 שלום", "Grüße 你好 שלום"));
  }

  static Stream<Arguments> sequencesAndWhatIsLeft() {
    return Stream.of(
        Arguments.of("\u001b[31mred\u001b[0m", "red"),
        Arguments.of("\u001b[2J\u001b]0;title\u0007x", "x"),
        Arguments.of("\u001b]8;;http://host\u001b\\link\u001b]8;;\u001b\\", "link"),
        Arguments.of("a\u001bPq#0;2;0;0;0\u001b\\b", "ab"),
        Arguments.of("a\u001b_apc\u001b\\b\u001b^pm\u001b\\c\u001bXsos\u001b\\d", "abcd"),
        Arguments.of("a\u001b(Bb\u001b%Gc\u001b#8d", "abcd"),
        Arguments.of("a\u001bcb\u001b7c\u001b=d", "abcd"),
        Arguments.of("a\u001bNxb\u001bOPc", "abc"),
        Arguments.of("c1 \u009b31mred\u009d0;title\u009cx\u0090q\u009cy\u008eaz", "c1 redxyz"),
        Arguments.of("a\u009b1;\u00852mb", "a2mb"), // C1 in between ends it
        Arguments.of("a\u001b[1;\u00072mb", "ab"), // a terminal obeys a control in between
        Arguments.of("a\u001b[1\u0018b", "ab"), // cancelled
        Arguments.of("a\u001b[1\u001b[2mb", "ab"), // begun anew
        Arguments.of("a\u001b\u001b\u001b[2mb", "ab"),
        Arguments.of("a\u001b[[Ab", "ab"), // a function key of Linux
        Arguments.of("a\u001b[12;34", "a"),
        Arguments.of("a\u001b]0;no end", "a"),
        Arguments.of("a\u009dno end", "a"),
        Arguments.of("a\u001bé", "aé"),
        Arguments.of("a\u001b[1é", "aé"),
        Arguments.of("a\u001b", "a"),
        Arguments.of("a\u001b(", "a"),
        Arguments.of("a\u009b", "a"));
  }

  @ParameterizedTest
  @MethodSource({"typedAndShown", "sequencesAndWhatIsLeft"})
  void nothingInATextCommandsATerminal(String typed, String shown) {
    assertThat(shown(typed)).isEqualTo(shown);
  }

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
        Arguments.of("a\u3164b \u2800", "ab"),
        Arguments.of("\u3164\u2800\u115f\uffa0\u00a0\u3000", ""),
        Arguments.of("\u200d\u034f\u2065\ufff0\u17b4", ""),
        Arguments.of("a\udb40\udc67\udb40\udc7fb", "ab"), // tags
        Arguments.of("🏴\udb40\udc67\udb40\udc62\udb40\udc7f!", "🏴!"),
        Arguments.of("new \u0378 \u1aff\u20ff", "new \u0378"),
        Arguments.of("\u06a9\u200c\u0627 👩\u200d💻 👍🏽", "\u06a9\u200c\u0627 👩\u200d💻 👍🏽"),
        Arguments.of("\u0600123 \u06dd", "\u0600123 \u06dd"), // signs around digits are drawn
        Arguments.of("लक्ष्मी လျှို့ဝှက် བསྒྲུབས", "लक्ष्मी လျှို့ဝှက် བསྒྲུབས"),
        Arguments.of("Grüße 你好 שלום", "Grüße 你好 שלום"));
  }

  @ParameterizedTest
  @MethodSource("reasonsAndWhatIsKept")
  void whatNobodyElseKnowsIsLeftOutOfATextThatIsKept(String typed, String kept) {
    assertThat(kept(typed)).isEqualTo(kept);
    assertThat(kept(kept)).as("again").isEqualTo(kept);
    assertThat(shown(kept)).as("shown").isEqualTo(kept);
  }

  @Test
  void whatThisJdkDoesNotKnowYetStays() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      boolean isHidden =
          point == 0x2065 || point >> 12 == 0xe0 || point >= 0xfff0 && point < 0xfffe;
      boolean isNoncharacter = (point & 0xfffe) == 0xfffe || point >= 0xfdd0 && point <= 0xfdef;
      if (Character.getType(point) == Character.UNASSIGNED && !isHidden && !isNoncharacter) {
        String typed = "x" + Character.toString(point);
        assertThat(shown(typed)).as("U+%04X", point).isEqualTo(typed);
      }
    }
  }

  @Test
  void aLetterHasFourMarksAtMostHoweverTheyAreMixed() {
    assertThat(shown("e" + "\u0301".repeat(800) + "x")).isEqualTo("e\u0301\u0301\u0301\u0301x");
    String mixed = "\u0301\u200d\ufe0f\u0903\u20dd\u034f\u200b\u1acf\u001b[m".repeat(100);
    assertThat(shown("e" + mixed).codePointCount(0, shown("e" + mixed).length()))
        .isEqualTo(1 + 4 + 4 + 1 + 1);
  }

  @ParameterizedTest
  @EnumSource
  void noCodePointBringsAControlOrHidesWhereverItStands(Unknown unknown) {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      for (String around : new String[] {"_", "a_b", "__", "🏴_", "a\u200d_", "\u001b_["}) {
        String typed = around.replace("_", Character.toString(point));
        String shown = VisibleText.of(typed, unknown);
        if (!VisibleText.of(shown, unknown).equals(shown)
            || shown.codePoints().anyMatch(VisibleTextTest::commands)
            || shown.getBytes(StandardCharsets.UTF_8).length > 3 * typed.length()) {
          fail("U+%04X in %s becomes %s", point, around, shown);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVisibleTextIsNotChangedAgain(Unknown unknown) {
    int[] parts = {
      'a', ' ', '/', '[', 'm', '\\', 0x1b, 0x9b, 0x9d, 0x9c, 7, 0x18, 0x301, 0x903, 0xfe0f, 0x200d,
      0x200c, 0x34f, 0x3164, 0x1f3f4, 0xe0067, 0xe007f, 0x1f468, 0x202e, 0xe000, 0xd83d, 0xdc00,
      0x5d0, 0x2028
    };
    Random random = new Random(20);
    for (int round = 0; round < 200_000; round++) {
      StringBuilder typed = new StringBuilder();
      for (int i = random.nextInt(14); i >= 0; i--) {
        typed.appendCodePoint(parts[random.nextInt(parts.length)]);
      }
      String shown = VisibleText.of(typed.toString(), unknown);
      if (!VisibleText.of(shown, unknown).equals(shown)
          || shown.codePoints().anyMatch(VisibleTextTest::commands)) {
        fail("%s", typed.chars().mapToObj(Integer::toHexString).toList());
      }
    }
  }

  private static boolean commands(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069;
    };
  }
}

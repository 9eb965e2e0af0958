package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.felix.gogo.runtime.EOFError;
import org.apache.felix.gogo.runtime.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks Gogo itself, too. */
class OpenQuoteTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "say '",
        "say \"",
        "say don't",
        "say 'a\nb",
        "say \"a\\\"b",
        "say a; say 'b",
        "say 'it'\\''s",
        "x = 'a",
        "say x#'",
        "say \"it's"
      })
  void aTextThatIsNotClosedIsOpen(String line) {
    assertThat(OpenQuote.isIn(line)).isTrue();
    assertThat(gogoWantsMore(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "say",
        "say 'a'",
        "say 'a\nb'",
        "say \"it's\"",
        "say 'a\"b'",
        "say it\\'s",
        "say \\\"",
        "# don't",
        "say # don't",
        "say 1; # don't\nsay 'b'",
        "say \"a\\\"b\"",
        "say \"\\\\\"",
        "say '\\'",
        "say 'it'\\''s'"
      })
  void aTextThatIsClosedIsNot(String line) {
    assertThat(OpenQuote.isIn(line)).isFalse();
    assertThat(gogoWantsMore(line)).isFalse();
  }

  private static boolean gogoWantsMore(String line) {
    try {
      new Parser(line).program();
      return false;
    } catch (EOFError unfinished) {
      return unfinished.missing().endsWith("quote");
    }
  }
}

package slipway.server.account.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.account.AccountException;

class OpaqueStringTest {

  private static String prepare(String text) throws AccountException {
    return new String(OpaqueString.prepare(text.getBytes(UTF_8)), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "correct horse, correct horse",
    "Correct Horse, Correct Horse",
    "pa\u0308ss, p\u00e4ss",
    "p\u00e4ss, p\u00e4ss",
    "a\u00a0b\u3000c\u2003d, a b c d",
    "\u03c0\u00df\u00e5, \u03c0\u00df\u00e5",
    "\uff11\uff12, \uff11\uff12",
    "\ud83d\ude00\u2126, \ud83d\ude00\u03a9",
    "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645, \u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
  })
  void aPasswordHasOneForm(String given, String form) throws Exception {
    assertThat(prepare(given)).isEqualTo(form);
    assertThat(prepare(form)).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0000b",
        "a\r",
        "a\tb",
        "a\u0085b",
        "a\u2028b",
        "a\u202eb",
        "a\ufeffb",
        "\u200da",
        "a\ue000b",
        "a\uffffb"
      })
  void whatNobodySeesIsRefused(String given) {
    assertThatThrownBy(() -> prepare(given))
        .isInstanceOf(AccountException.class)
        .hasMessage("a password has no control characters, and none that are invisible");
  }

  @Test
  void whatIsNoUtf8IsRefused() {
    for (byte[] given : new byte[][] {{'a', -1}, {'p', (byte) 0xe4, 's'}, {(byte) 0xc3}}) {
      assertThatThrownBy(() -> OpaqueString.prepare(given))
          .isInstanceOf(AccountException.class)
          .hasMessage("a password is UTF-8, and this is not");
    }
  }
}

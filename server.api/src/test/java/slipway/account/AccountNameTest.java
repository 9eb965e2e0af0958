package slipway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {

  @ParameterizedTest
  @CsvSource({
    "alice, ALICE",
    "\u00c5sa, a\u030asa", // composed and combining ring
    "stra\u00dfe, STRASSE",
    "stra\u1e9ee, strasse", // the capital sharp s
    "\uff21bc, abc", // full-width letter
    "\u212aelvin, kelvin", // the Kelvin sign
    "\u03c3\u03c4\u03b5\u03c2, \u03a3\u03a4\u0395\u03a3", // a final sigma
    "\ufb01ne, fine", // a ligature
    "\u0130zmir, i\u0307zmir",
  })
  void namesThatDifferInFormOnlyAreOneName(String one, String other) {
    assertThat(AccountName.of(one)).isEqualTo(AccountName.of(other));
    assertThat(AccountName.of(one)).hasSameHashCodeAs(AccountName.of(other));
  }

  @ParameterizedTest
  @CsvSource({"alice, alic3", "a_b, a-b", "\u0430lice, alice"})
  void namesOfOtherLettersAreOthers(String one, String other) {
    assertThat(AccountName.of(one)).isNotEqualTo(AccountName.of(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "two words",
        "nul\0",
        "esc\u001b[2J",
        "\u202eevil",
        "zero\u200bwidth",
        "\u0301accent",
        "variant\ufe0f",
        "joined\u034fletters",
        "\u3164",
        "filled\u1160",
        "a/b",
        "\ud83d\ude00",
        "half\ud83d"
      })
  void whatIsNoNameIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccountName.of(text))
        .withMessage("a name is 1 to 32 letters and digits of any script, _ and -");
  }

  @Test
  void aNameHasAtMostThirtyTwoLettersHoweverManyUnitsTheyTake() {
    assertThat(AccountName.of("\ud835\udc00".repeat(32)).key()).isEqualTo("a".repeat(32));
    assertThatIllegalArgumentException().isThrownBy(() -> AccountName.of("a".repeat(33)));
    assertThatIllegalArgumentException().isThrownBy(() -> AccountName.of("\ufdfa".repeat(32)));
    assertThatIllegalArgumentException().isThrownBy(() -> AccountName.of("a".repeat(100_000)));
  }

  @Test
  void aNameIsShownAsItWasWritten() {
    assertThat(AccountName.of("Alice")).hasToString("Alice");
  }

  @ParameterizedTest
  @CsvSource({
    "Ann, true",
    "7, true",
    "q\u0323\u0301, true",
    "q\u0323\u0301\u0308, false",
    "a\u0301\u0301b\u0301\u0301, true",
    "\u1019\u103b\u102d\u102f\u1038, true", // Burmese: two marks on it, and two beside it
    "-, false",
    "_-_, false"
  })
  void aNameThatOthersCanReadHasALetterAndFewMarks(String name, boolean legible) {
    assertThat(AccountName.of(name).isLegible()).isEqualTo(legible);
  }
}

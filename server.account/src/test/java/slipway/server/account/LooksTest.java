package slipway.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.account.AccountName;

class LooksTest {

  @ParameterizedTest
  @CsvSource({
    "victor, v\u0131ctor", // a dotless i
    "victor, vict0r",
    "victor, VICT0R",
    "victor, V\u0130CTOR", // a capital i with a dot
    "victor, vi\u0307ctor",
    "jan, j\u0307an",
    "victor, victor\u0332", // underlined
    "victor, v\u0305i\u0305ctor",
    "scope, \u0455\u0441\u043e\u0440\u0435", // Cyrillic alone
    "mike, rnike",
    "AIice, Alice", // a capital i
    "alice, a1ice",
    "paypaI, paypal",
    "\u0430\u0441\u0435, ace", // Cyrillic letters
    "\u0410\u0421\u0415, ACE", // in capitals
    "\u03bf\u03bd, ov", // Greek
    "\u4e00, \u30fc" // the character for one, and the sign for a long vowel
  })
  void namesThatLookAlikeShareAForm(String one, String other) {
    assertThat(shareForm(one, other)).as("%s and %s", one, other).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ann, anne",
    "bob1, bob2",
    "\u00c5sa, Asa",
    "\u017ba, Za", // a dot that is drawn
    "max, \u043c\u0430\u043a\u0441",
    "u, \u00fc"
  })
  void othersDoNot(String one, String other) {
    assertThat(shareForm(one, other)).isFalse();
  }

  private static boolean shareForm(String one, String other) {
    return !Collections.disjoint(Looks.of(AccountName.of(one)), Looks.of(AccountName.of(other)));
  }

  @ParameterizedTest
  @CsvSource({
    "vict\u043er, a new name is of one script; vict\u043er has Cyrillic and Latin",
    "vict\u03bfr, a new name is of one script; vict\u03bfr has Greek and Latin",
    "victor\u02d0, a new name cannot have U+02D0: it looks like ':'",
    "victor\ua4fd, a new name cannot have U+A4FD: it looks like ':'",
    "\ud800\udf1f, a new name cannot have U+1031F: it looks like '*'",
    "victor\ud81b\udfe4, a new name cannot have U+16FE4: it is not in use for names today",
    "victor\ud804\udc7f, a new name cannot have U+1107F: it is not in use for names today",
    "victor\u2d7f, a new name cannot have U+2D7F: it is not drawn",
    "victor\u1cf7, a new name cannot have U+1CF7: it is not in use for names today",
    "victor\u0335, a new name cannot have U+0335: it is not in use for names today",
    "\u0639\u0640\u0644\u064a, a new name cannot have U+0640: it is not in use for names today",
    "vi\u0307ctor, a new name has no mark that its letter hides",
    "1\u0662, a new name has digits of one script",
    "x\u0323\u0301\u0308, 'a new name has a letter or digit, and at most two marks on each'",
    "-, 'a new name has a letter or digit, and at most two marks on each'",
    "_-_, 'a new name has a letter or digit, and at most two marks on each'"
  })
  void aNameThatIsNotGivenSaysWhy(String name, String flaw) {
    assertThat(Looks.flaw(AccountName.of(name))).contains(flaw);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann",
        "Ada_2",
        "x-1",
        "42",
        "Zo\u00eb",
        "\u0130zmir",
        "stra\u00dfe",
        "Nguy\u1ec5n",
        "q\u0323\u0301", // two marks
        "\u0410\u043b\u0435\u043a\u0441\u0435\u0439",
        "\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2",
        "\u05d9\u05d5\u05e1\u05e3",
        "\u0639\u0644\u064a",
        "\u0930\u093e\u092e\u0903", // ends with a visarga, which is a mark of its script
        "\u0e2a\u0e21\u0e0a\u0e32\u0e22",
        "\u1019\u103b\u102d\u102f\u1038",
        "\u4f60\u597d",
        "\u5c71\u7530\u305f\u308d\u3046\u30abx", // Japanese with Latin
        "\u30ce\u30fc\u30c8",
        "\ud55c\uae00x",
        "\u4f60\u3105x",
        "\u13e3\u13b3\u13a9", // Cherokee
        "\u12a0\u1260\u1260"
      })
  void namesOfTheWorldAreGiven(String name) {
    assertThat(Looks.flaw(AccountName.of(name))).isEmpty();
  }

  @Test
  void aFormHasRoomInItsColumnWhateverTheName() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (Character.isLetterOrDigit(point)) {
        AccountName name;
        try {
          name = AccountName.of(Character.toString(point));
        } catch (IllegalArgumentException noName) {
          continue;
        }
        int letters = name.key().codePointCount(0, name.key().length());
        for (String look : Looks.of(name)) {
          int bytes = look.getBytes(StandardCharsets.UTF_8).length;
          if (bytes * (AccountName.LONGEST / letters) > Looks.LONGEST) {
            throw new AssertionError(String.format("U+%04X has a form of %d bytes", point, bytes));
          }
        }
      }
    }
  }
}

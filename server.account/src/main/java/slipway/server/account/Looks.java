package slipway.server.account;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.IdentifierType;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.SpoofChecker.CheckResult;
import com.ibm.icu.text.SpoofChecker.RestrictionLevel;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.VersionInfo;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import slipway.account.AccountName;

/**
 * What names look like, by Unicode's tables (Unicode Technical Standard 39). The tables are read by
 * the first use, which takes a tenth of a second: only threads that may block come here.
 */
final class Looks {

  /** Bytes that a form has at most: a letter's has up to 21. */
  static final int LONGEST = 700;

  /** By which tables and rules forms are made; those of others are made again. */
  static final String TABLES = "ICU " + VersionInfo.ICU_VERSION + ", 2";

  /** A consonant joiner that no font draws. */
  private static final int TIFINAGH_JOINER = 0x2d7f;

  private static final int DOT_ABOVE = 0x307;

  /** Combining lines and double lines, over and under a text. */
  private static final String LINES = "\u0305\u033f\u0332\u0333";

  /** In the chat, a colon ends a name, and an asterisk begins the host's own lines. */
  private static final String SIGNS = ":*";

  /** Letters and marks of scripts that are written today. */
  private static final Set<IdentifierType> IN_USE =
      EnumSet.of(
          IdentifierType.RECOMMENDED,
          IdentifierType.INCLUSION,
          IdentifierType.UNCOMMON_USE,
          IdentifierType.LIMITED_USE);

  /** Safe for use by several threads once it is made. */
  private static final SpoofChecker CHECKER =
      new SpoofChecker.Builder()
          .setChecks(
              SpoofChecker.RESTRICTION_LEVEL
                  | SpoofChecker.MIXED_NUMBERS
                  | SpoofChecker.HIDDEN_OVERLAY)
          .setRestrictionLevel(RestrictionLevel.HIGHLY_RESTRICTIVE)
          .setAllowedChars(new UnicodeSet(0, Character.MAX_CODE_POINT).freeze())
          .build();

  private Looks() {}

  /**
   * The forms of a name: names that share one look alike, as they are written or in small letters.
   */
  static Set<String> of(AccountName name) {
    Set<String> forms = new TreeSet<>(); // in one order everywhere, or two claims could lock
    forms.add(form(name.key()));
    forms.add(form(name.toString()));
    return forms;
  }

  private static String form(String text) {
    String drawn = plain(text);
    return CHECKER.getSkeleton(CHECKER.getSkeleton(drawn).toLowerCase(Locale.ROOT));
  }

  /**
   * A name without what changes none of its letters: a dot above a small letter that has one, as in
   * what is left of a capital with a dot, and lines along the text.
   */
  private static String plain(String text) {
    StringBuilder drawn = new StringBuilder();
    int letter = 0;
    for (int point : Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().toArray()) {
      boolean isMark = Character.getType(point) == Character.NON_SPACING_MARK;
      boolean isHidden =
          point == DOT_ABOVE && UCharacter.hasBinaryProperty(letter, UProperty.SOFT_DOTTED)
              || LINES.indexOf(point) >= 0;
      if (!isHidden) {
        drawn.appendCodePoint(point);
      }
      letter = isMark ? letter : point;
    }
    return Normalizer.normalize(drawn, Normalizer.Form.NFC);
  }

  /**
   * Why a name is given to no user.
   *
   * @return one line for a user; empty if it may be given
   */
  static Optional<String> flaw(AccountName name) {
    String text = name.toString();
    Optional<String> letter =
        text.codePoints().mapToObj(Looks::flaw).flatMap(Optional::stream).findFirst();
    if (letter.isPresent()) {
      return letter;
    }
    if (!name.isLegible()) {
      return Optional.of("a new name has " + AccountName.LEGIBLE);
    }
    CheckResult result = new CheckResult();
    if (!CHECKER.failsChecks(text, result)) {
      return Optional.empty();
    }
    if ((result.checks & SpoofChecker.RESTRICTION_LEVEL) != 0) {
      return Optional.of("a new name is of one script; " + text + " has " + scripts(text));
    }
    return Optional.of(
        (result.checks & SpoofChecker.MIXED_NUMBERS) != 0
            ? "a new name has digits of one script"
            : "a new name has no mark that its letter hides");
  }

  private static Optional<String> flaw(int point) {
    String sign = CHECKER.getSkeleton(Character.toString(point));
    if (Character.isLetter(point) && SIGNS.contains(sign)) {
      return Optional.of(cannotHave(point) + "it looks like '" + sign + "'");
    }
    EnumSet<IdentifierType> types = EnumSet.noneOf(IdentifierType.class);
    UCharacter.getIdentifierTypes(point, types);
    if (types.contains(IdentifierType.DEFAULT_IGNORABLE) || point == TIFINAGH_JOINER) {
      return Optional.of(cannotHave(point) + "it is not drawn");
    }
    return IN_USE.containsAll(types)
        ? Optional.empty()
        : Optional.of(cannotHave(point) + "it is not in use for names today");
  }

  private static String cannotHave(int point) {
    return String.format("a new name cannot have U+%04X: ", point);
  }

  private static String scripts(String text) {
    return text.codePoints()
        .map(UScript::getScript)
        .filter(script -> script != UScript.COMMON && script != UScript.INHERITED)
        .mapToObj(UScript::getName)
        .distinct()
        .sorted()
        .collect(Collectors.joining(" and "));
  }
}

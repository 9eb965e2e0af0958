package slipway.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;

/**
 * Name of a user: 1 to {@value #LONGEST} letters and digits of any script, {@code _} and {@code -}.
 *
 * <p>Names are equal if they are so after compatibility normalisation (Unicode Standard Annex 15,
 * form KC) and case folding: {@code Åsa}, {@code åsa} and {@code A} with a combining ring are one
 * name. Immutable.
 */
public final class AccountName implements Comparable<AccountName> {

  /** Length in code points above which a name is refused. */
  public static final int LONGEST = 32;

  /** What is allowed, for messages. */
  public static final String FORM =
      "1 to " + LONGEST + " letters and digits of any script, _ and -";

  /** What a name has so that others can read it, for messages. */
  public static final String LEGIBLE = "a letter or digit, and at most two marks on each";

  private static final int MOST_MARKS = 2;

  private final String text;
  private final String key;

  private AccountName(String text, String key) {
    this.text = text;
    this.key = key;
  }

  /**
   * Reads a name.
   *
   * @param text the name, as a user writes it
   * @return the name, normalised
   * @throws IllegalArgumentException if it is no name; the message says what is allowed
   */
  public static AccountName of(String text) {
    Objects.requireNonNull(text, "text");
    // normalisation can make a text eighteen times as long: what is too long is not normalised
    if (text.length() <= 4 * LONGEST) {
      String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
      String key = fold(normal);
      if (isName(normal) && isName(key)) {
        return new AccountName(normal, key);
      }
    }
    throw new IllegalArgumentException("a name is " + FORM);
  }

  private static String fold(String normal) {
    // first to small letters: a capital sharp s has no capitals, a small one has two
    String small = normal.toLowerCase(Locale.ROOT);
    String folded = small.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  private static boolean isName(String text) {
    int length = text.codePointCount(0, text.length());
    return length >= 1
        && length <= LONGEST
        && isStart(text.codePointAt(0))
        && text.codePoints().allMatch(AccountName::isPart);
  }

  /** A mark needs a letter before it, or it would change what stands before the name. */
  private static boolean isStart(int point) {
    return Character.isLetterOrDigit(point) && !isInvisible(point) || point == '_' || point == '-';
  }

  private static boolean isPart(int point) {
    return isStart(point)
        || !isInvisible(point)
            && (Character.getType(point) == Character.NON_SPACING_MARK
                || Character.getType(point) == Character.COMBINING_SPACING_MARK);
  }

  /**
   * Letters and marks that are not drawn, by which one name could pass for another: those of
   * Default_Ignorable_Code_Point (Unicode Standard Annex 44).
   */
  private static boolean isInvisible(int point) {
    return point == 0x034f // combining grapheme joiner
        || point == 0x115f // Hangul fillers
        || point == 0x1160
        || point == 0x3164
        || point == 0xffa0
        || point == 0x17b4 // Khmer inherent vowels
        || point == 0x17b5
        || point >= 0x180b && point <= 0x180f // Mongolian variation selectors
        || point >= 0xfe00 && point <= 0xfe0f // variation selectors
        || point >= 0xe0100 && point <= 0xe01ef;
  }

  /**
   * The form by which names are compared and stored: at most four times {@value #LONGEST} bytes of
   * UTF-8.
   */
  public String key() {
    return key;
  }

  /**
   * Whether others can read the name: it has a letter or digit, and at most two marks on each, or
   * two that take a place of their own. A name that others cannot read is still a name, as of an
   * older account; new accounts do not get one.
   */
  public boolean isLegible() {
    int marks = 0;
    int spacingMarks = 0;
    boolean hasLetter = false;
    for (int point : text.codePoints().toArray()) {
      switch (Character.getType(point)) {
        case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> marks++;
        case Character.COMBINING_SPACING_MARK -> spacingMarks++;
        default -> {
          hasLetter |= Character.isLetterOrDigit(point);
          marks = 0;
          spacingMarks = 0;
        }
      }
      if (marks > MOST_MARKS || spacingMarks > MOST_MARKS) {
        return false;
      }
    }
    return hasLetter;
  }

  /** The name as it is shown. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccountName name && key.equals(name.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public int compareTo(AccountName other) {
    return key.compareTo(other.key);
  }
}

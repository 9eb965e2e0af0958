package slipway.services.chat.text;

import java.nio.charset.StandardCharsets;

/** Text of one user that others may see: nothing in it commands a terminal. */
public final class PlainText {

  /** Bytes that a reason, or a word about oneself, has at most. */
  public static final int LONGEST_NOTE = 200;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private PlainText() {}

  /**
   * Reads text that somebody typed. What is no UTF-8 becomes U+FFFD. Tabs become spaces; other
   * control characters (C0, C1, and so every escape sequence), line and paragraph separators,
   * characters that turn the direction of writing and other invisible ones are left out; the
   * joiners that scripts and emoji need stay. White space at both ends is left out.
   *
   * @param bytes what was typed, without its delimiter
   */
  public static String of(byte[] bytes) {
    return of(new String(bytes, StandardCharsets.UTF_8));
  }

  /** As above, of text. */
  public static String of(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      if (unit < ' ' || unit > '~') {
        return cleaned(text);
      }
    }
    return text.strip();
  }

  private static String cleaned(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> point == '\t' ? ' ' : point)
        .filter(PlainText::isShown)
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      case Character.FORMAT -> point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  /** The end of a line that says why: {@code : REASON}, or nothing where there is none. */
  public static String because(String reason) {
    return reason.isEmpty() ? "" : ": " + reason;
  }

  /** The longest beginning of a text that has at most so many bytes of UTF-8. */
  public static String atMost(String text, int bytes) {
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      used += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (used > bytes) {
        return text.substring(0, i);
      }
      i += Character.charCount(point);
    }
    return text;
  }
}

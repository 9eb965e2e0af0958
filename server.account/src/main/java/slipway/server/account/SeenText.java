package slipway.server.account;

/**
 * A line without what its readers would not see, or what would turn or cover other text. It is the
 * rule of the chat's lines, except that what nobody else knows is left out rather than replaced,
 * and so are the tags behind a black flag: so the chat shows a text that is read here as it is. For
 * one text.
 */
final class SeenText {

  /** Marks that are drawn on one letter at most; Burmese needs four. */
  private static final int MOST_MARKS = 4;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private final StringBuilder seen;

  /** Length up to the last code point that is drawn, and what belongs to it. */
  private int drawn;

  /** Whether there is something before, on which a mark can be drawn. */
  private boolean hasBase;

  private int marks;
  private int spacingMarks;
  private int selectors;
  private int joiners;

  private SeenText(int length) {
    seen = new StringBuilder(length);
  }

  /**
   * Reads one line without control characters. Blanks at both ends are left out.
   *
   * @return the text; empty if nothing of it would be seen
   */
  static String of(String line) {
    SeenText text = new SeenText(line.length());
    line.codePoints().forEach(text::write);
    text.seen.setLength(text.drawn);
    return text.seen.toString();
  }

  private void write(int point) {
    if (isSelector(point)) {
      attach(point, ++selectors <= 1);
    } else if (isFiller(point)) {
      blank(point);
    } else if (!isIgnorable(point)) {
      writeByType(point);
    }
  }

  private void writeByType(int point) {
    switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR -> blank(point);
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
          attach(point, ++marks <= MOST_MARKS);
      case Character.COMBINING_SPACING_MARK -> attach(point, ++spacingMarks <= MOST_MARKS);
      case Character.FORMAT -> format(point);
      case Character.UNASSIGNED -> unassigned(point);
      case Character.PRIVATE_USE, Character.SURROGATE -> {} // nobody else can know what it means
      default -> draw(point);
    }
  }

  private void format(int point) {
    switch (point) {
      case ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER -> attach(point, ++joiners <= 1);
      // Prepended_Concatenation_Mark: signs that are drawn around the digits behind them
      case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06dd, 0x070f -> draw(point);
      case 0x0890, 0x0891, 0x08e2, 0x110bd, 0x110cd -> draw(point);
      default -> {}
    }
  }

  /** A reader's terminal may know a newer Unicode than this JDK. */
  private void unassigned(int point) {
    boolean isNoncharacter = (point & 0xfffe) == 0xfffe || point >= 0xfdd0 && point <= 0xfdef;
    Character.UnicodeBlock block = Character.UnicodeBlock.of(point);
    if (block == Character.UnicodeBlock.COMBINING_DIACRITICAL_MARKS_EXTENDED
        || block == Character.UnicodeBlock.COMBINING_DIACRITICAL_MARKS_SUPPLEMENT
        || block == Character.UnicodeBlock.COMBINING_MARKS_FOR_SYMBOLS) {
      attach(point, ++marks <= MOST_MARKS);
    } else if (!isNoncharacter) {
      draw(point);
    }
  }

  private void draw(int point) {
    hasBase = true;
    marks = 0;
    spacingMarks = 0;
    selectors = 0;
    joiners = 0;
    seen.appendCodePoint(point);
    drawn = seen.length();
  }

  private void attach(int point, boolean allowed) {
    if (hasBase && allowed) {
      seen.appendCodePoint(point);
      drawn = seen.length();
    }
  }

  private void blank(int point) {
    hasBase = false;
    if (!seen.isEmpty()) {
      seen.appendCodePoint(point);
    }
  }

  /** Letters and signs that are blank. */
  private static boolean isFiller(int point) {
    return switch (point) {
      case 0x115f, 0x1160, 0x3164, 0xffa0 -> true; // of Hangul
      case 0x2800 -> true; // a Braille cell without dots
      case 0x16fe4 -> true; // of Khitan
      case 0x1d159 -> true; // a head of a note that is not drawn
      default -> false;
    };
  }

  private static boolean isSelector(int point) {
    return point >= 0xfe00 && point <= 0xfe0f
        || point >= 0xe0100 && point <= 0xe01ef
        || point >= 0x180b && point <= 0x180d
        || point == 0x180f;
  }

  /** Of Default_Ignorable_Code_Point (Unicode Standard Annex 44), those that are not Cf. */
  private static boolean isIgnorable(int point) {
    return point == 0x034f
        || point == 0x17b4
        || point == 0x17b5
        || point == 0x2065
        || point >= 0xfff0 && point <= 0xfff8
        || point >= 0xe0000 && point <= 0xe0fff;
  }
}

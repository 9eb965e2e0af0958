package slipway.text;

/** What a code point does to the cells of a terminal. */
enum Glyph {
  /** It is drawn in a place of its own. */
  DRAWN,
  /** It is drawn on what stands before it. */
  MARK,
  /** As a mark, but it takes a place. */
  SPACING_MARK,
  /** It chooses how what stands before it is drawn. */
  SELECTOR,
  /**
   * It joins what stands before it and behind it, or keeps them apart: scripts and emoji need it.
   */
  JOINER,
  /** It is a place in which nothing is drawn. */
  BLANK,
  /** It draws nothing, and commands or hides something. */
  HIDDEN,
  /** Its meaning is private. */
  UNKNOWN;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  /** A cell without dots. */
  private static final int BRAILLE_BLANK = 0x2800;

  static Glyph of(int point) {
    if (point == BRAILLE_BLANK) {
      return BLANK; // it stands between words of Braille
    }
    if (isSelector(point)) {
      return SELECTOR;
    }
    if (isFiller(point) || isIgnorable(point)) {
      return HIDDEN;
    }
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR -> BLANK;
      case Character.CONTROL -> point == '\t' ? BLANK : HIDDEN;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> BLANK;
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> MARK;
      case Character.COMBINING_SPACING_MARK -> SPACING_MARK;
      case Character.FORMAT -> format(point);
      case Character.UNASSIGNED -> unassigned(point);
      case Character.PRIVATE_USE, Character.SURROGATE -> UNKNOWN;
      default -> DRAWN;
    };
  }

  private static Glyph format(int point) {
    return switch (point) {
      case ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER -> JOINER;
      // Prepended_Concatenation_Mark: signs that are drawn around the digits behind them
      case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06dd, 0x070f -> DRAWN;
      case 0x0890, 0x0891, 0x08e2, 0x110bd, 0x110cd -> DRAWN;
      default -> HIDDEN;
    };
  }

  /** A reader's terminal may know a newer Unicode than this JDK, with newer emoji in it. */
  private static Glyph unassigned(int point) {
    if ((point & 0xfffe) == 0xfffe || point >= 0xfdd0 && point <= 0xfdef) {
      return UNKNOWN; // noncharacters
    }
    Character.UnicodeBlock block = Character.UnicodeBlock.of(point);
    return block == Character.UnicodeBlock.COMBINING_DIACRITICAL_MARKS_EXTENDED
            || block == Character.UnicodeBlock.COMBINING_DIACRITICAL_MARKS_SUPPLEMENT
            || block == Character.UnicodeBlock.COMBINING_MARKS_FOR_SYMBOLS
        ? MARK
        : DRAWN;
  }

  /** Letters and signs that take the place of others, and are not drawn. */
  private static boolean isFiller(int point) {
    return switch (point) {
      case 0x115f, 0x1160, 0x3164, 0xffa0 -> true; // of Hangul
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

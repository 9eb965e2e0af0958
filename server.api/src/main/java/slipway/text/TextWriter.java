package slipway.text;

/** Writes one visible text, code point by code point. For one thread, and one text. */
final class TextWriter {

  private static final int BLACK_FLAG = 0x1f3f4;
  private static final int CANCEL_TAG = 0xe007f;

  /** Letters and digits of the longest code of a region, such as {@code gbeng} (UTS 51). */
  private static final int LONGEST_REGION = 6;

  private static final int REPLACEMENT = 0xfffd;

  private final StringBuilder clean;
  private final Unknown unknown;

  /** Length up to the last code point that is drawn, and what belongs to it. */
  private int drawn;

  /** Whether there is something before, on which a mark can be drawn. */
  private boolean hasBase;

  private int marks;
  private int spacingMarks;
  private boolean selected;
  private boolean joined;

  TextWriter(int length, Unknown unknown) {
    this.clean = new StringBuilder(length);
    this.unknown = unknown;
  }

  /** The visible text of what a user typed. */
  String write(String typed) {
    for (int i = 0; i < typed.length(); ) {
      int end = EscapeSequences.end(typed, i);
      if (end == i) {
        int point = typed.codePointAt(i);
        end = i + Character.charCount(point);
        if (point == BLACK_FLAG && unknown == Unknown.REPLACED) {
          end = flag(typed, i, end);
        } else {
          write(point);
        }
      }
      i = end;
    }
    clean.setLength(drawn);
    return clean.toString();
  }

  private void write(int point) {
    switch (Glyph.of(point)) {
      case DRAWN -> draw(point);
      case UNKNOWN -> {
        if (unknown == Unknown.REPLACED) {
          draw(REPLACEMENT);
        }
      }
      case BLANK -> blank(point);
      case MARK -> attach(point, ++marks <= VisibleText.MOST_MARKS);
      case SPACING_MARK -> attach(point, ++spacingMarks <= VisibleText.MOST_MARKS);
      case SELECTOR -> {
        attach(point, !selected);
        selected = true;
      }
      case JOINER -> {
        attach(point, !joined);
        joined = true;
      }
      case HIDDEN -> {}
    }
  }

  private void draw(int point) {
    hasBase = true;
    marks = 0;
    spacingMarks = 0;
    selected = false;
    joined = false;
    clean.appendCodePoint(point);
    drawn = clean.length();
  }

  private void attach(int point, boolean allowed) {
    if (hasBase && allowed) {
      clean.appendCodePoint(point);
      drawn = clean.length();
    }
  }

  private void blank(int point) {
    hasBase = false;
    if (!clean.isEmpty()) {
      clean.appendCodePoint(isSeparator(point) ? ' ' : point);
    }
  }

  private static boolean isSeparator(int point) {
    return point == '\t'
        || Character.getType(point) == Character.LINE_SEPARATOR
        || Character.getType(point) == Character.PARAGRAPH_SEPARATOR;
  }

  /** A flag of a region is a black flag with the region's code in tags, which are not drawn. */
  private int flag(String typed, int from, int behind) {
    int i = behind;
    int letters = 0;
    while (i < typed.length() && isTagLetter(typed.codePointAt(i))) {
      letters++;
      i += 2;
    }
    draw(BLACK_FLAG);
    boolean isFlag =
        letters > 0
            && letters <= LONGEST_REGION
            && i < typed.length()
            && typed.codePointAt(i) == CANCEL_TAG;
    if (!isFlag) {
      return behind;
    }
    clean.append(typed, behind, i + 2);
    drawn = clean.length();
    return i + 2;
  }

  private static boolean isTagLetter(int point) {
    return point >= 0xe0030 && point <= 0xe0039 || point >= 0xe0061 && point <= 0xe007a;
  }
}

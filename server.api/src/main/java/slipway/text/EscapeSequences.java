package slipway.text;

/**
 * Where the escape sequences of terminals end (ECMA-48, with what xterm and Linux' console add),
 * whether they are written with ESC or with one character of C1. One that has no end lasts to the
 * end of the text, as it would in a terminal.
 */
final class EscapeSequences {

  private static final char BEL = 0x07;
  private static final char CANCEL = 0x18;
  private static final char SUBSTITUTE = 0x1a;
  private static final char ESC = 0x1b;

  // what ESC and a letter stand for, or one character of C1
  private static final char DCS = 0x90;
  private static final char SOS = 0x98;
  private static final char CSI = 0x9b;
  private static final char ST = 0x9c;
  private static final char OSC = 0x9d;
  private static final char PM = 0x9e;
  private static final char APC = 0x9f;
  private static final char SS2 = 0x8e;
  private static final char SS3 = 0x8f;

  /** What ESC stands before to make a character of C1: {@code ESC [} is CSI. */
  private static final int FROM_C1_TO_LETTER = 0x40;

  private EscapeSequences() {}

  /**
   * The end of the sequence at an index.
   *
   * @return the index behind its last character; the index itself if no sequence begins there
   */
  static int end(CharSequence text, int index) {
    char first = text.charAt(index);
    if (first == ESC) {
      return index + 1 == text.length() ? index + 1 : afterEscape(text, index + 1);
    }
    return first >= 0x80 && first <= 0x9f ? body(text, first, index + 1) : index;
  }

  private static int afterEscape(CharSequence text, int index) {
    char next = text.charAt(index);
    if (next >= '@' && next <= '_') {
      return body(text, (char) (next + FROM_C1_TO_LETTER), index + 1);
    }
    int end = skip(text, index, ' ', '/'); // intermediates, as before the name of a character set
    return end < text.length() && isIn(text.charAt(end), '0', '~') ? end + 1 : end;
  }

  private static int body(CharSequence text, char kind, int index) {
    return switch (kind) {
      case CSI -> endOfControl(text, index);
      case OSC, DCS, SOS, PM, APC -> endOfString(text, index);
      case SS2, SS3 ->
          index < text.length() && isIn(text.charAt(index), ' ', '~') ? index + 1 : index;
      default -> index;
    };
  }

  /** Controls in between are obeyed by terminals, and do not end the sequence, except for these. */
  private static int endOfControl(CharSequence text, int from) {
    if (from < text.length() && text.charAt(from) == '[') {
      return Math.min(from + 2, text.length()); // a function key of Linux' console
    }
    for (int i = from; i < text.length(); i++) {
      char next = text.charAt(i);
      if (isIn(next, '@', '~')) {
        return i + 1;
      }
      if (next == ESC || next == CANCEL || next == SUBSTITUTE || next > '~') {
        return i;
      }
    }
    return text.length();
  }

  private static int endOfString(CharSequence text, int from) {
    for (int i = from; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == ST || next == BEL || next == CANCEL || next == SUBSTITUTE) {
        return i + 1;
      }
      if (next == ESC) {
        boolean ends = i + 1 < text.length() && text.charAt(i + 1) == '\\';
        return ends ? i + 2 : i; // any other sequence ends it as well
      }
    }
    return text.length();
  }

  private static int skip(CharSequence text, int from, char first, char last) {
    int i = from;
    while (i < text.length() && isIn(text.charAt(i), first, last)) {
      i++;
    }
    return i;
  }

  private static boolean isIn(char unit, char first, char last) {
    return unit >= first && unit <= last;
  }
}

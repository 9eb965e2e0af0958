package slipway.services.chat.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.Locale;
import slipway.text.Unknown;
import slipway.text.VisibleText;

/**
 * Text of one user that others may see: nothing in it commands a terminal, and nothing in it is
 * hidden.
 *
 * <p>Reading a plain text again does not change it. In UTF-8 it has at most three bytes for each
 * that was typed.
 */
public final class PlainText {

  /** Bytes that a reason, or a word about oneself, has at most. */
  public static final int LONGEST_NOTE = 200;

  private static final char REPLACEMENT = '\ufffd';
  private static final int CSI = 0x9b;

  private PlainText() {}

  /**
   * Reads text that a user typed. What is not UTF-8, or is for private use, becomes U+FFFD; {@link
   * VisibleText#of} says what else becomes of it.
   *
   * @param bytes what was typed, without its delimiter
   * @return the text; empty if nothing of it would be seen
   */
  public static String of(byte[] bytes) {
    return of(decoded(bytes));
  }

  /** As above, of text. */
  public static String of(String text) {
    return VisibleText.of(text, Unknown.REPLACED);
  }

  /**
   * Whether a user typed more than blanks, of which {@link #of(byte[])} may have left nothing.
   *
   * @param bytes what was typed, without its delimiter
   */
  public static boolean isMeant(byte[] bytes) {
    for (byte each : bytes) {
      if (each != ' ' && each != '\t' && each != '\r' && each != 0) {
        return true;
      }
    }
    return false;
  }

  private static String decoded(byte[] bytes) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    while (true) {
      CoderResult result = decoder.decode(in, text, true);
      if (result.isUnderflow()) {
        return text.flip().toString();
      }
      // a terminal that is set to 8 bits takes this byte for the begin of a sequence
      boolean isControl = (in.get(in.position()) & 0xff) == CSI;
      text.put(isControl ? (char) CSI : REPLACEMENT);
      in.position(in.position() + result.length());
      decoder.reset();
    }
  }

  /** The end of a line that says why: {@code : REASON}, or nothing if there is none. */
  public static String because(String reason) {
    return reason.isEmpty() ? "" : ": " + reason;
  }

  /**
   * The longest beginning of a text that has at most so many bytes of UTF-8. What is drawn as one
   * sign, such as a letter with its marks or a family of emoji, is not cut, unless nothing else
   * would be left.
   */
  public static String atMost(String text, int bytes) {
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      used += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (used > bytes) {
        return text.substring(0, whole(text, i));
      }
      i += Character.charCount(point);
    }
    return text;
  }

  private static int whole(String text, int end) {
    BreakIterator signs = BreakIterator.getCharacterInstance(Locale.ROOT);
    signs.setText(text);
    int whole = signs.isBoundary(end) ? end : signs.preceding(end);
    return whole > 0 ? whole : end;
  }
}

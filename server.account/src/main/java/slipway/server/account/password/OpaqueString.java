package slipway.server.account.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import slipway.account.AccountException;

/**
 * The profile OpaqueString of RFC 8265 for passwords: other spaces become that of ASCII, and the
 * text is normalised (Unicode Standard Annex 15, form C), so that a password is the same one on
 * every keyboard. Invisible and unassigned characters are refused, except joiners after a letter or
 * a mark, which some scripts need.
 */
final class OpaqueString {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private OpaqueString() {}

  /**
   * Prepares a password.
   *
   * @param password bytes of UTF-8, not changed
   * @return a new array, or the one that was given if nothing is to be changed
   * @throws AccountException if it cannot be one
   */
  static byte[] prepare(byte[] password) throws AccountException {
    if (isAscii(password)) {
      return password;
    }
    char[] text = decode(password);
    try {
      map(text);
      CharBuffer chars = CharBuffer.wrap(text);
      if (Normalizer.isNormalized(chars, Normalizer.Form.NFC)) {
        return encode(chars);
      }
      // the only place where a password is a string, which cannot be wiped
      return Normalizer.normalize(chars, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  private static boolean isAscii(byte[] password) {
    for (byte each : password) {
      if (each < ' ' || each > '~') {
        return false;
      }
    }
    return true;
  }

  private static char[] decode(byte[] password) throws AccountException {
    CharBuffer text = CharBuffer.allocate(password.length);
    try {
      if (StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(password), text, true)
          .isError()) {
        throw new AccountException("a password is UTF-8, and this is not");
      }
      return Arrays.copyOf(text.array(), text.position());
    } finally {
      Arrays.fill(text.array(), '\0');
    }
  }

  private static byte[] encode(CharBuffer text) throws AccountException {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(text);
      byte[] encoded = Arrays.copyOf(bytes.array(), bytes.limit());
      Arrays.fill(bytes.array(), (byte) 0);
      return encoded;
    } catch (CharacterCodingException impossible) {
      throw new AccountException("a password is UTF-8, and this is not", impossible);
    }
  }

  private static void map(char[] text) throws AccountException {
    int before = 0;
    for (int i = 0; i < text.length; ) {
      int point = Character.codePointAt(text, i);
      if (Character.getType(point) == Character.SPACE_SEPARATOR) {
        text[i] = ' '; // all of them are in the basic plane
      } else if (!isAllowed(point, before)) {
        throw new AccountException(
            "a password has no control characters, and none that are invisible");
      }
      before = point;
      i += Character.charCount(point);
    }
  }

  private static boolean isAllowed(int point, int before) {
    if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER) {
      return Character.isLetter(before) || isMark(before);
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}

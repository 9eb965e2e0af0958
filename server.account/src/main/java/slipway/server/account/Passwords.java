package slipway.server.account;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import slipway.account.AccountException;

/** What a password may be. */
final class Passwords {

  /** Bytes above which a password is not looked at. */
  static final int LONGEST = 128;

  private Passwords() {}

  /** Refuses what could be no password of anybody; the rest is compared. */
  static void checkLength(byte[] password) throws AccountException {
    if (password.length == 0 || password.length > LONGEST) {
      throw new AccountException("a password has 1 to " + LONGEST + " bytes of UTF-8");
    }
  }

  /**
   * Refuses what is not to become a password.
   *
   * @param shortest characters, counted as code points, that it has at least
   */
  static void checkNew(byte[] password, int shortest) throws AccountException {
    if (password.length > LONGEST || length(password) < shortest) {
      throw new AccountException(
          "a password has at least "
              + shortest
              + " characters, and at most "
              + LONGEST
              + " bytes of UTF-8");
    }
  }

  private static long length(byte[] password) throws AccountException {
    CharBuffer text = CharBuffer.allocate(password.length);
    try {
      if (StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(password), text, true)
          .isError()) {
        throw new AccountException("a password is UTF-8, and this is not");
      }
      return text.flip().codePoints().count();
    } finally {
      Arrays.fill(text.array(), '\0');
    }
  }
}

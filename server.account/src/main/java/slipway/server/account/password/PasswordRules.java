package slipway.server.account.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import slipway.account.AccountException;
import slipway.account.AccountName;

/** What a password may be. */
public final class PasswordRules {

  /** Bytes above which a password is not looked at. */
  public static final int LONGEST = 128;

  /** What is allowed, for messages. */
  static final String LENGTH = "a password has 1 to " + LONGEST + " bytes of UTF-8";

  private static final String COMMON = "/common-passwords.txt";

  private static final List<byte[]> MOST_COMMON = read();

  private PasswordRules() {}

  private static List<byte[]> read() {
    try (InputStream in = PasswordRules.class.getResourceAsStream(COMMON);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.strip().getBytes(StandardCharsets.UTF_8))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** How many of the most common ones are refused. */
  static int common() {
    return MOST_COMMON.size();
  }

  /** Refuses what no user could have as a password; the rest is compared. */
  public static void checkLength(Secret password) throws AccountException {
    if (password.length() == 0 || password.length() > LONGEST) {
      throw new AccountException(LENGTH);
    }
  }

  /**
   * Refuses what must not become a password.
   *
   * @param name the user's name
   * @param shortest the fewest characters, counted as code points
   */
  public static void checkNew(Secret password, AccountName name, int shortest)
      throws AccountException {
    if (password.length() == 0 || password.length() > LONGEST) {
      throw length(shortest);
    }
    byte[] prepared = password.prepared();
    if (prepared.length > LONGEST || length(prepared) < shortest) {
      throw length(shortest);
    }
    if (isSame(prepared, name.toString().getBytes(StandardCharsets.UTF_8))
        || isSame(prepared, name.key().getBytes(StandardCharsets.UTF_8))) {
      throw new AccountException("a password must not be the user's name; choose another one");
    }
    if (MOST_COMMON.stream().anyMatch(common -> isSame(prepared, common))) {
      throw new AccountException(
          "this password is one of the "
              + common()
              + " that are guessed first; choose another "
              + "one");
    }
  }

  private static AccountException length(int shortest) {
    return new AccountException(
        "a password has at least "
            + shortest
            + " characters, and at most "
            + LONGEST
            + " bytes of UTF-8");
  }

  /** In UTF-8, each character has one byte that is no continuation byte. */
  private static int length(byte[] utf8) {
    int length = 0;
    for (byte each : utf8) {
      if ((each & 0xc0) != 0x80) {
        length++;
      }
    }
    return length;
  }

  /** Whether two are equal except for upper and lower case in ASCII. */
  private static boolean isSame(byte[] one, byte[] other) {
    boolean same = one.length == other.length;
    for (int i = 0; same && i < one.length; i++) {
      same = small(one[i]) == small(other[i]);
    }
    return same;
  }

  private static int small(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }
}

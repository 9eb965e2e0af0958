package slipway.server.account;

import slipway.account.AccountException;
import slipway.account.Ban;
import slipway.text.Unknown;
import slipway.text.VisibleText;

/** What the text of a ban may be. */
final class BanText {

  private static final int LONGEST_REASON = 200;
  private static final int LONGEST_NAME = 64;

  private BanText() {}

  /**
   * The ban as it is kept, without invisible characters.
   *
   * @throws AccountException if a text is not what is allowed
   */
  static Ban checked(Ban ban) throws AccountException {
    return new Ban(
        ban.until(),
        checked("a ban's reason", ban.reason(), LONGEST_REASON),
        checked("the name of the banning user", ban.by(), LONGEST_NAME));
  }

  private static String checked(String what, String text, int longest) throws AccountException {
    if (text.codePoints().anyMatch(BanText::isControl)) {
      throw refusal(what + " has control characters or ends of lines", longest);
    }
    String seen = VisibleText.of(text, Unknown.LEFT_OUT);
    int length = seen.codePointCount(0, seen.length());
    if (length > longest) {
      throw refusal(what + " has " + length + " characters", longest);
    }
    return seen;
  }

  private static AccountException refusal(String why, int longest) {
    return new AccountException(
        why
            + "; allowed is one line without control characters, of at most "
            + longest
            + " characters");
  }

  private static boolean isControl(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}

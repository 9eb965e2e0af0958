package slipway.server.account;

import slipway.account.AccountException;
import slipway.account.Ban;

/** What the text of a ban may be. */
final class BanText {

  private static final int LONGEST_REASON = 200;
  private static final int LONGEST_NAME = 64;

  private BanText() {}

  static void check(Ban ban) throws AccountException {
    check("a ban's reason", ban.reason(), LONGEST_REASON);
    check("the name of who bans", ban.by(), LONGEST_NAME);
  }

  private static void check(String what, String text, int longest) throws AccountException {
    if (text.codePointCount(0, text.length()) > longest
        || text.codePoints().anyMatch(BanText::breaksLine)) {
      throw new AccountException(what + " is one line of at most " + longest + " characters");
    }
  }

  private static boolean breaksLine(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}

package slipway.services.chat.text;

import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.service.GoingAway;
import slipway.text.Times;

/** What users read before their connection is closed. */
public final class Goodbye {

  /** The last line of a user whose account was removed. */
  public static final String REMOVED = "* your account was removed";

  /** The last line of a device whose user has another password. */
  public static final String PASSWORD_CHANGED = "* your password was changed: log in again";

  private Goodbye() {}

  /** A line about a connection that the host closes, or has to close some day. */
  public static String of(GoingAway news) {
    String why =
        switch (news.reason()) {
          case REPLACED -> "* there is a new version of the chat; connect again to use it";
          case DRAINED -> "* the chat is closing";
          case LOCKED -> "* the chat is closed";
          case HOST_ENDS -> "* the host is shutting down";
        };
    return news.last()
        ? why
        : why
            + news.deadline()
                .map(until -> "; you may stay until " + Times.of(until))
                .orElse("; you may stay for as long as you like");
  }

  /** The last line of a user whose network is banned. */
  public static String banned(AddressBan ban) {
    return "* your address is banned until " + terms(ban.ban());
  }

  /** The last line of a user who is banned. */
  public static String banned(Ban ban) {
    return "* you are banned until " + terms(ban);
  }

  private static String terms(Ban ban) {
    return Times.of(ban.until()) + PlainText.because(PlainText.of(ban.reason()));
  }
}

package slipway.services.chat.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.AccountException;
import slipway.data.DatabaseAway;

/** Why something was not done, for the user; what a user cannot know goes to the log. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /**
   * The reason, for the user.
   *
   * @param what was not done, for the log: {@code connection 7: cannot WHAT}
   */
  static String reason(Session session, Throwable failure, String what) {
    if (failure instanceof DatabaseAway || failure instanceof AccountException) {
      return failure.getMessage();
    }
    LOG.warn("connection {}: cannot {}", session.connection(), what, failure);
    return "the host's log says why";
  }

  /** Whether it may work when the database is back. */
  static boolean isAway(Throwable failure) {
    return failure instanceof DatabaseAway
        || failure instanceof AccountException && failure.getCause() instanceof DatabaseAway;
  }
}

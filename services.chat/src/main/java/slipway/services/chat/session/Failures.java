package slipway.services.chat.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.AccountException;
import slipway.data.DatabaseAway;
import slipway.services.chat.store.TooManyWait;

/** Why something was not done, for the user; what a user cannot know goes to the log. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** What users learn of a database that cannot be used. */
  private static final String AWAY = "the database is away, try again later";

  private Failures() {}

  /**
   * The reason, for the user.
   *
   * @param what was not done, for the log: {@code connection 7: cannot WHAT}
   */
  static String reason(Session session, Throwable failure, String what) {
    if (failure instanceof DatabaseAway) {
      return AWAY; // its message names files and users of the database, and is in the log already
    }
    if (failure instanceof AccountException || failure instanceof TooManyWait) {
      return failure.getMessage();
    }
    LOG.warn("connection {}: cannot {}", session.hosted().id(), what, failure);
    return "the host's log says why";
  }
}

package slipway.services.chat.user;

import java.util.function.LongPredicate;
import slipway.services.chat.memory.Remembered;

/**
 * When users have changed their passwords, for sessions that are on their way to this version: they
 * are asked to end as they come in. From any thread.
 */
final class PasswordChanges {

  /** Users whose last change is remembered; the oldest are forgotten first. */
  private static final int MOST_REMEMBERED = 10_000;

  private final Remembered<Long, Change> last = new Remembered<>(MOST_REMEMBERED);

  /**
   * A user's last change of the password.
   *
   * @param at when
   * @param by connections whose session stays
   */
  private record Change(long at, LongPredicate by) {}

  synchronized void note(long account, long at, LongPredicate by) {
    last.put(account, new Change(at, by));
  }

  /** Whether a user has had another password since, unless the connection made the change. */
  synchronized boolean isOld(long account, long since, long connection) {
    Change change = last.get(account);
    return change != null && change.at() - since > 0 && !change.by().test(connection);
  }
}

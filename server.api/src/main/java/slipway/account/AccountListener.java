package slipway.account;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of changes that matter to open sessions. Services that keep sessions register one. Called
 * one at a time, in the order of the changes, from a thread that must not be blocked, and also for
 * changes that the listener itself has asked for. Log-ins and new accounts do not count as changes.
 *
 * <p>A listener may come and go at any time. It is fetched from the service registry before the
 * first change that it hears of. What it throws is logged, and does not affect the other listeners.
 */
@ConsumerType
public interface AccountListener {

  /**
   * An account was removed: end its sessions.
   *
   * @param account the account as it was
   */
  void removed(Account account);

  /**
   * An account's role, password or ban has changed: end the sessions of a banned user.
   *
   * @param account the account as it is now
   */
  void changed(Account account);

  /**
   * An account has another password: end its sessions, as their users may know only the old one.
   * Called before {@link #changed}.
   *
   * @param account the account as it is now
   * @param by the place of the change: the session there may stay
   */
  default void passwordChanged(Account account, Origin by) {}

  /**
   * A network is banned from now on: end the sessions of its clients.
   *
   * @param ban the network, until when, and why
   */
  default void addressBanned(AddressBan ban) {}
}

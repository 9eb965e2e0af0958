package slipway.account;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of changes that matter to open sessions. Services that keep sessions register one. Called
 * one at a time, in the order of the changes, from a thread that must not be blocked, and also for
 * changes that the listener itself has asked for. Log-ins and new accounts are no changes.
 *
 * <p>A listener may come and go at any time. It is fetched from the service registry before the
 * first change that it hears of. What it throws is logged, and keeps nothing from the others.
 */
@ConsumerType
public interface AccountListener {

  /**
   * An account is there no more: its sessions are to end.
   *
   * @param account the account as it was
   */
  void removed(Account account);

  /**
   * An account's role, password or ban is another: sessions of a banned user are to end.
   *
   * @param account the account as it is now
   */
  void changed(Account account);

  /**
   * An account has another password: its sessions are to end, as whoever has them may know the old
   * one only. Called before {@link #changed}.
   *
   * @param account the account as it is now
   * @param by where it was changed from: the session there may stay
   */
  default void passwordChanged(Account account, Origin by) {}

  /**
   * A network is kept out from now on: sessions of its clients are to end.
   *
   * @param ban the network, until when, and why
   */
  default void addressBanned(AddressBan ban) {}
}

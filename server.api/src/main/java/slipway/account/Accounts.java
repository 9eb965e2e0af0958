package slipway.account;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The accounts of the host. Methods may be called from any thread, event loops too, and do not
 * block: passwords are hashed and the database is asked elsewhere.
 *
 * <p>A stage fails with {@link AccountException} if what was asked for is refused (its message says
 * what is allowed), if the database is away, or if too many wait for a password to be hashed.
 *
 * <p>Passwords are UTF-8 and are compared byte by byte; each array given is filled with zeros once
 * it was used, so callers keep none.
 */
@ProviderType
public interface Accounts {

  /**
   * Logs a user in.
   *
   * @param name the user's name
   * @param password the password
   * @param register whether a name that is not there yet gets an account with this password. Of
   *     several that register one name at once, one gets it, and the others' passwords are compared
   *     with it.
   * @return how it ended; it takes about as long for a name that is not there as for a wrong
   *     password
   */
  CompletionStage<LogIn> logIn(AccountName name, byte[] password, boolean register);

  /**
   * Changes a user's own password.
   *
   * @param id the account
   * @param old the password until now
   * @param password the new password
   * @return false if the old password is another
   */
  CompletionStage<Boolean> changePassword(long id, byte[] old, byte[] password);

  /**
   * Finds an account.
   *
   * @param name its name
   * @return the account; empty if there is none
   */
  CompletionStage<Optional<Account>> find(AccountName name);

  /** All accounts, ordered by name. */
  CompletionStage<List<Account>> list();

  /**
   * Makes an account; refused if the name has one.
   *
   * @param name its name
   * @param password its password
   * @param role its role
   * @return the account
   */
  CompletionStage<Account> add(AccountName name, byte[] password, Role role);

  /**
   * Sets a password; refused if there is no such account.
   *
   * @param name the account
   * @param password the new password
   * @return the account
   */
  CompletionStage<Account> setPassword(AccountName name, byte[] password);

  /**
   * Sets a role; refused if there is no such account.
   *
   * @param name the account
   * @param role the new role
   * @return the account
   */
  CompletionStage<Account> setRole(AccountName name, Role role);

  /**
   * Keeps a user out, in place of any ban before; refused if there is no such account.
   *
   * @param name the account
   * @param ban until when, why, and by whom
   * @return the account
   */
  CompletionStage<Account> ban(AccountName name, Ban ban);

  /**
   * Ends a ban; refused if there is no such account.
   *
   * @param name the account
   * @return the account
   */
  CompletionStage<Account> unban(AccountName name);

  /**
   * Removes an account; refused if there is none.
   *
   * @param name the account
   * @return the account as it was
   */
  CompletionStage<Account> remove(AccountName name);

  /**
   * Removes all accounts.
   *
   * @return how many there were
   */
  CompletionStage<Integer> clear();
}

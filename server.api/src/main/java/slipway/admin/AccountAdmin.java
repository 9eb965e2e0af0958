package slipway.admin;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.Accounts;
import slipway.account.Role;

/**
 * The accounts of the host, for tools of operators: besides what services need, it lists, makes and
 * removes accounts. Threads, failures and the order of changes are those of {@link Accounts}.
 */
@ProviderType
public interface AccountAdmin extends Accounts {

  /** All accounts, ordered by name. */
  CompletionStage<List<Account>> list();

  /**
   * Makes an account; refused if the name has one, or is not given. Names that speak for the host,
   * such as {@code admin}, are given only by this method.
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
   * Removes an account; refused if there is none.
   *
   * @param name the account
   * @return the account as it was
   */
  CompletionStage<Account> remove(AccountName name);

  /**
   * Removes all accounts; listeners hear of each of them.
   *
   * @return how many there were
   */
  CompletionStage<Integer> clear();
}

package slipway.server.account;

import slipway.account.Account;
import slipway.server.account.password.PasswordHash;

/**
 * An account with its password, as it is in the table.
 *
 * @param account the account
 * @param password the text of its password's hash
 */
record StoredAccount(Account account, String password) {

  /**
   * The password's hash.
   *
   * @throws IllegalArgumentException if the text is none
   */
  PasswordHash hash() {
    return PasswordHash.parse(password);
  }

  boolean hasPasswordOf(StoredAccount other) {
    return password.equals(other.password);
  }

  /** Without the hash, which helps to guess the password. */
  @Override
  public String toString() {
    return "StoredAccount[" + account + "]";
  }
}

package slipway.server.account;

import java.util.concurrent.CompletableFuture;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.Origin;
import slipway.account.Role;
import slipway.server.account.password.PasswordHash;
import slipway.server.account.password.PasswordRules;
import slipway.server.account.password.Secret;
import slipway.server.account.password.Urgency;

/**
 * Makes accounts and sets passwords, as operators want it: their hashes come before those of users.
 * Used in the accounts' own thread.
 */
final class OperatorPasswords {

  private final Entry entry;
  private final Edits edits;

  OperatorPasswords(Entry entry, Edits edits) {
    this.entry = entry;
    this.edits = edits;
  }

  /**
   * Makes an account; the stage fails if the name is not given.
   *
   * @throws AccountException if the password is refused
   */
  CompletableFuture<Account> add(
      AccountName name, Secret password, Role role, AccountSettings settings)
      throws AccountException {
    byte[] prepared = checked(name, password, settings);
    return entry
        .names()
        .check(name, NewNames.Giver.OPERATOR, 0)
        .thenCompose(free -> hash(prepared, settings))
        .thenCompose(
            hash ->
                entry
                    .store()
                    .change(table -> table.insert(name, hash, role, entry.clock().instant())))
        .thenApply(made -> Edits.orRefuse(made, "there is a user " + name + " already"));
  }

  /**
   * Sets a password; the stage fails if there is no such account.
   *
   * @throws AccountException if the password is refused
   */
  CompletableFuture<Account> set(AccountName name, Secret password, AccountSettings settings)
      throws AccountException {
    return hash(checked(name, password, settings), settings)
        .thenCompose(hash -> edits.setPassword(name, hash));
  }

  private static byte[] checked(AccountName name, Secret password, AccountSettings settings)
      throws AccountException {
    PasswordRules.checkNew(password, name, settings.shortest());
    return password.prepared();
  }

  private CompletableFuture<PasswordHash> hash(byte[] prepared, AccountSettings settings) {
    return entry
        .store()
        .hash(
            Urgency.OPERATOR,
            Origin.HOST,
            settings.limit(),
            argon2 -> PasswordHash.of(prepared, settings.cost(), argon2, entry.random()));
  }
}

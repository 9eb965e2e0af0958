package slipway.server.account;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.account.Origin;
import slipway.server.account.password.PasswordHash;

/**
 * Changes of accounts that are there, each told to the listeners once it is committed. Used in the
 * accounts' own thread.
 */
final class Edits {

  private final Store store;
  private final NewNames names;
  private final Listeners listeners;

  /** What is changed of one account, in a transaction. */
  @FunctionalInterface
  interface Edit {
    Account apply(AccountTable table, Account account) throws SQLException;
  }

  Edits(Store store, NewNames names, Listeners listeners) {
    this.store = store;
    this.names = names;
    this.listeners = listeners;
  }

  /** Changes an account; the stage fails if there is none of that name. */
  CompletableFuture<Account> apply(AccountName name, Edit edit) {
    return change(name, edit).thenApply(this::tell);
  }

  /**
   * Keeps a user out; the stage fails if there is no account of that name.
   *
   * @throws AccountException if the ban's text is refused
   */
  CompletableFuture<Account> ban(AccountName name, Ban ban) throws AccountException {
    Ban checked = BanText.checked(ban);
    return apply(name, (table, account) -> table.ban(account, checked));
  }

  /** Gives an account the password that a hash is of, as an operator wants it. */
  CompletableFuture<Account> setPassword(AccountName name, PasswordHash hash) {
    return change(name, (table, account) -> table.setPassword(account, hash))
        .thenApply(account -> tellPassword(account, Origin.HOST));
  }

  CompletableFuture<Account> remove(AccountName name) {
    return change(
            name,
            (table, account) -> {
              table.remove(account);
              return account;
            })
        .thenApply(
            removed -> {
              names.removed();
              listeners.removed(removed);
              return removed;
            });
  }

  /** Removes all accounts; returns how many there were. */
  CompletableFuture<Integer> clear() {
    return store
        .change(AccountTable::clear)
        .thenApply(
            removed -> {
              names.removed();
              removed.forEach(listeners::removed);
              return removed.size();
            });
  }

  /** Tells that a password has changed. */
  Account tellPassword(Account account, Origin by) {
    listeners.passwordChanged(account, by);
    return tell(account);
  }

  private Account tell(Account changed) {
    listeners.changed(changed);
    return changed;
  }

  private CompletableFuture<Account> change(AccountName name, Edit edit) {
    return store
        .change(
            table -> {
              Optional<StoredAccount> held = table.hold(name);
              return held.isPresent()
                  ? Optional.of(edit.apply(table, held.get().account()))
                  : Optional.<Account>empty();
            })
        .thenApply(changed -> orRefuse(changed, "there is no user " + name));
  }

  /** What was found; fails a stage with a refusal if that is nothing. */
  static <T> T orRefuse(Optional<T> found, String refusal) {
    return found.orElseThrow(() -> new CompletionException(new AccountException(refusal)));
  }
}

package slipway.server.account;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.Origin;
import slipway.server.account.password.Comparison;
import slipway.server.account.password.PasswordHash;
import slipway.server.account.password.PasswordRules;
import slipway.server.account.password.Secret;
import slipway.server.account.password.Urgency;

/** A user's change of their own password, in the accounts' own thread. */
final class PasswordChange {

  private final Entry entry;
  private final AccountSettings settings;
  private final Secret old;
  private final Secret password;
  private final Origin origin;

  PasswordChange(
      Entry entry, AccountSettings settings, Secret old, Secret password, Origin origin) {
    this.entry = entry;
    this.settings = settings;
    this.old = old;
    this.password = password;
    this.origin = origin;
  }

  /** The account with its new password; empty if the old one is another. */
  CompletableFuture<Optional<Account>> run(long id) {
    return entry
        .costs()
        .comparison(settings.cost())
        .thenCompose(
            comparison ->
                entry
                    .store()
                    .read(table -> table.find(id))
                    .thenCompose(
                        found ->
                            found
                                .map(stored -> replace(stored, comparison))
                                .orElseGet(() -> refused("there is no such user"))));
  }

  private static <T> CompletableFuture<T> refused(String why) {
    return CompletableFuture.failedFuture(new AccountException(why));
  }

  private CompletableFuture<Optional<Account>> replace(
      StoredAccount stored, Comparison comparison) {
    byte[] prepared;
    try {
      PasswordRules.checkNew(password, stored.account().name(), settings.shortest());
      prepared = password.prepared();
    } catch (AccountException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return entry
        .store()
        .hash(
            Urgency.LOG_IN,
            origin,
            settings.limit(),
            argon2 ->
                comparison
                    .matching(stored.hash(), old, argon2)
                    .map(
                        form -> PasswordHash.of(prepared, settings.cost(), argon2, entry.random())))
        .thenCompose(
            hash ->
                hash.isPresent()
                    ? entry.store().change(table -> replace(table, stored, hash.get()))
                    : CompletableFuture.completedFuture(Optional.empty()));
  }

  private static Optional<Account> replace(
      AccountTable table, StoredAccount compared, PasswordHash hash) throws SQLException {
    Optional<StoredAccount> held = table.hold(compared.account().id());
    if (held.isEmpty() || !held.get().hasPasswordOf(compared)) {
      throw new Raced(compared.account());
    }
    return Optional.of(table.setPassword(held.get().account(), hash));
  }

  /** Another change was faster. */
  static final class Raced extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private Raced(Account account) {
      super("the user " + account.name() + " is being changed, try again");
    }
  }
}

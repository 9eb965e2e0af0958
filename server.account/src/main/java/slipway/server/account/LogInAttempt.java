package slipway.server.account;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.account.LogIn;
import slipway.account.Role;

/**
 * One attempt to log in, in the accounts' own thread.
 *
 * <pre>
 *            ┌── there ──▶ compare ──▶ wrong: WrongPassword
 *  find ─────┤                └──────▶ right: enter ──▶ Entered, Banned
 *   ▲        └── not ───▶ waste a hash: Unknown            │
 *   │                  or register ──▶ Entered             │
 *   └────── the name was taken, or the account changed ────┘
 * </pre>
 *
 * <p>The password is compared outside of a transaction, as that takes long; so entering looks
 * whether the account still has the password that was compared.
 */
final class LogInAttempt {

  /** How often an account may change under the attempt. */
  private static final int TRIES = 5;

  private final Store store;
  private final AccountSettings settings;
  private final Clock clock;
  private final SecureRandom random;
  private final AccountName name;
  private final byte[] password;
  private final boolean register;
  private int tries;

  LogInAttempt(
      Store store,
      AccountSettings settings,
      Clock clock,
      SecureRandom random,
      AccountName name,
      byte[] password,
      boolean register) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.name = name;
    this.password = password;
    this.register = register;
  }

  CompletableFuture<LogIn> run() {
    if (++tries > TRIES) {
      return CompletableFuture.failedFuture(
          new AccountException("the user " + name + " is being changed, try again"));
    }
    return store
        .read(table -> table.find(name))
        .thenCompose(
            found -> {
              if (found.isPresent()) {
                return compare(found.get());
              }
              return register ? register() : unknown();
            });
  }

  private CompletableFuture<LogIn> unknown() {
    return store.hash(
        argon2 -> {
          PasswordHash.waste(password, settings.cost(), argon2);
          return new LogIn.Unknown();
        });
  }

  private CompletableFuture<LogIn> register() {
    try {
      Passwords.checkNew(password, settings.shortest());
    } catch (AccountException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return store
        .hash(argon2 -> PasswordHash.of(password, settings.cost(), argon2, random))
        .thenCompose(hash -> store.change(table -> register(table, hash)))
        .thenCompose(this::answer);
  }

  private Optional<LogIn> register(AccountTable table, PasswordHash hash) throws SQLException {
    Instant now = clock.instant();
    Optional<Account> made = table.insert(name, hash, Role.USER, now);
    return made.isPresent()
        ? Optional.of(new LogIn.Entered(table.enter(made.get(), hash, now), true))
        : Optional.empty();
  }

  private CompletableFuture<LogIn> compare(StoredAccount stored) {
    return store
        .hash(argon2 -> hashToKeep(stored, argon2))
        .thenCompose(
            hash ->
                hash.isPresent()
                    ? store
                        .change(table -> enter(table, stored, hash.get()))
                        .thenCompose(this::answer)
                    : CompletableFuture.completedFuture(new LogIn.WrongPassword()));
  }

  /** The stored hash, or one of the cost that is configured now; empty if the password is wrong. */
  private Optional<PasswordHash> hashToKeep(StoredAccount stored, Argon2 argon2) {
    PasswordHash hash = stored.hash();
    if (!hash.matches(password, argon2)) {
      return Optional.empty();
    }
    return Optional.of(
        hash.cost().equals(settings.cost())
            ? hash
            : PasswordHash.of(password, settings.cost(), argon2, random));
  }

  private Optional<LogIn> enter(AccountTable table, StoredAccount compared, PasswordHash hash)
      throws SQLException {
    Optional<StoredAccount> held = table.hold(compared.account().id());
    if (held.isEmpty() || !held.get().hasPasswordOf(compared)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<Ban> ban = held.get().account().banAt(now);
    return Optional.of(
        ban.isPresent()
            ? new LogIn.Banned(ban.get())
            : new LogIn.Entered(table.enter(held.get().account(), hash, now), false));
  }

  /** What the table was asked for, or a new try if somebody was faster. */
  private CompletableFuture<LogIn> answer(Optional<LogIn> outcome) {
    return outcome.map(CompletableFuture::completedFuture).orElseGet(this::run);
  }
}

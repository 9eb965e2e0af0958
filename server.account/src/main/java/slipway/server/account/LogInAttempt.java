package slipway.server.account;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.LogIn;
import slipway.account.Origin;
import slipway.account.Role;
import slipway.config.Durations;
import slipway.server.account.password.Argon2;
import slipway.server.account.password.Comparison;
import slipway.server.account.password.PasswordHash;
import slipway.server.account.password.PasswordRules;
import slipway.server.account.password.Secret;
import slipway.server.account.password.Urgency;
import slipway.text.Times;

/**
 * One attempt to log in, in the accounts' own thread.
 *
 * <pre>
 *            ┌── there ──▶ compare ──▶ wrong: WrongPassword
 *  find ─────┤                └──────▶ right: enter ──▶ Entered, Banned
 *   ▲ │      └── not ───▶ waste a hash: Unknown            │
 *   │ ▼              or register ──▶ Entered               │
 *   │ refused: the address is banned                       │
 *   └────── the name was taken, or the account changed ────┘
 * </pre>
 *
 * <p>The password is compared outside of a transaction, as that takes long; so entering looks
 * whether the account still has the password that was compared.
 */
final class LogInAttempt {

  /** How often an account may change under the attempt. */
  private static final int TRIES = 5;

  private final Entry entry;
  private final AccountSettings settings;
  private final AccountName name;
  private final Secret password;
  private final boolean register;
  private final Origin origin;
  private int tries;

  /** What is known before anything is hashed. */
  private record Found(Optional<StoredAccount> account, Optional<AddressBan> ban) {}

  LogInAttempt(
      Entry entry,
      AccountSettings settings,
      AccountName name,
      Secret password,
      boolean register,
      Origin origin) {
    this.entry = entry;
    this.settings = settings;
    this.name = name;
    this.password = password;
    this.register = register;
    this.origin = origin;
  }

  CompletableFuture<LogIn> run() {
    if (++tries > TRIES) {
      return refused("the user " + name + " is being changed, try again");
    }
    return entry.costs().comparison(settings.cost()).thenCompose(this::run);
  }

  private CompletableFuture<LogIn> run(Comparison comparison) {
    return entry
        .store()
        .read(this::find)
        .thenCompose(
            found -> {
              if (found.ban().isPresent()) {
                return refused(banned(found.ban().get().ban()));
              }
              if (found.account().isPresent()) {
                StoredAccount stored = found.account().get();
                return compare(stored, entry.costs().met(stored.hash().cost()));
              }
              return register ? register() : unknown(comparison);
            });
  }

  private Found find(AccountTable table) throws SQLException {
    Optional<AddressBan> ban =
        origin.address().isPresent()
            ? table.addresses().banOf(origin.address().get(), entry.clock().instant())
            : Optional.empty();
    return new Found(ban.isPresent() ? Optional.empty() : table.find(name), ban);
  }

  private static String banned(Ban ban) {
    return "your address is banned until "
        + Times.of(ban.until())
        + (ban.reason().isEmpty() ? "" : ": " + ban.reason());
  }

  private static <T> CompletableFuture<T> refused(String why) {
    return CompletableFuture.failedFuture(new AccountException(why));
  }

  private CompletableFuture<LogIn> unknown(Comparison comparison) {
    return entry
        .store()
        .hash(
            Urgency.LOG_IN,
            origin,
            settings.limit(),
            argon2 -> {
              comparison.waste(password, argon2);
              return new LogIn.Unknown();
            });
  }

  // ---- registering ---------------------------------------------------------------------------

  private CompletableFuture<LogIn> register() {
    byte[] prepared;
    try {
      PasswordRules.checkNew(password, name, settings.shortest());
      prepared = password.prepared();
    } catch (AccountException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return entry
        .names()
        .check(name, NewNames.Giver.STRANGER, 0)
        .thenCompose(free -> register(prepared));
  }

  private CompletableFuture<LogIn> register(byte[] prepared) {
    if (!entry.registrations().begin(origin, settings.registrations(), settings.window())) {
      String often = settings.registrations() + " in " + Durations.format(settings.window());
      entry.log().shutOut(origin, "names registered: " + often);
      return refused(
          "too many names were registered from your address; allowed is "
              + often
              + "; try again later");
    }
    return entry
        .store()
        .hash(
            Urgency.REGISTRATION,
            origin,
            settings.limit(),
            argon2 -> PasswordHash.of(prepared, settings.cost(), argon2, entry.random()))
        .thenCompose(hash -> entry.store().change(table -> register(table, hash)))
        .whenComplete(
            (made, failure) -> {
              if (failure != null || made.isEmpty()) {
                entry.registrations().giveBack(origin);
              }
            })
        .thenCompose(this::answer);
  }

  private Optional<LogIn> register(AccountTable table, PasswordHash hash) throws SQLException {
    Instant now = entry.clock().instant();
    Optional<Account> made = table.insert(name, hash, Role.USER, now);
    return made.isPresent()
        ? Optional.of(new LogIn.Entered(enter(table, made.get(), hash, now), true))
        : Optional.empty();
  }

  // ---- logging in ----------------------------------------------------------------------------

  private CompletableFuture<LogIn> compare(StoredAccount stored, Comparison comparison) {
    return entry
        .store()
        .hash(
            Urgency.LOG_IN,
            origin,
            settings.limit(),
            argon2 -> hashToKeep(stored, comparison, argon2))
        .thenCompose(
            hash ->
                hash.isPresent()
                    ? entry
                        .store()
                        .change(table -> enter(table, stored, hash.get()))
                        .thenCompose(this::answer)
                    : CompletableFuture.completedFuture(new LogIn.WrongPassword()));
  }

  /**
   * The stored hash, or one of the cost and the form of today; empty if the password is wrong. One
   * that could be no new password keeps its hash.
   */
  private Optional<PasswordHash> hashToKeep(
      StoredAccount stored, Comparison comparison, Argon2 argon2) {
    PasswordHash hash = stored.hash();
    return comparison
        .matching(hash, password, argon2)
        .map(
            form ->
                hash.cost().equals(settings.cost()) && password.isPrepared(form)
                    ? hash
                    : PasswordHash.of(
                        password.forms().get(0), settings.cost(), argon2, entry.random()));
  }

  private Optional<LogIn> enter(AccountTable table, StoredAccount compared, PasswordHash hash)
      throws SQLException {
    Optional<StoredAccount> held = table.hold(compared.account().id());
    if (held.isEmpty() || !held.get().hasPasswordOf(compared)) {
      return Optional.empty();
    }
    Instant now = entry.clock().instant();
    Optional<Ban> ban = held.get().account().banAt(now);
    return Optional.of(
        ban.isPresent()
            ? new LogIn.Banned(ban.get())
            : new LogIn.Entered(enter(table, held.get().account(), hash, now), false));
  }

  private Account enter(AccountTable table, Account account, PasswordHash hash, Instant now)
      throws SQLException {
    if (origin.network().isPresent()) {
      table.addresses().lastNetwork(account.id(), origin.network().get());
    }
    return table.enter(account, hash, now);
  }

  /** What the table was asked for, or a new try if another change was faster. */
  private CompletableFuture<LogIn> answer(Optional<LogIn> outcome) {
    return outcome.map(CompletableFuture::completedFuture).orElseGet(this::run);
  }
}

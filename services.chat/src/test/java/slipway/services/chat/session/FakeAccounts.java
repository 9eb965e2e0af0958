package slipway.services.chat.session;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountListener;
import slipway.account.AccountName;
import slipway.account.Accounts;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.LogIn;
import slipway.account.Look;
import slipway.account.Network;
import slipway.account.Origin;
import slipway.account.Role;
import slipway.data.DatabaseAway;

/** Accounts in memory, answered at once in the caller's thread, or where and when the test says. */
final class FakeAccounts implements Accounts {

  private final Map<AccountName, Account> accounts = new TreeMap<>();
  private final Map<Long, String> passwords = new TreeMap<>();
  private final Map<Network, AddressBan> bans = new TreeMap<>();
  private final Map<AccountName, Network> last = new TreeMap<>();
  private final List<AccountListener> listeners = new ArrayList<>();
  private final Executor thread;
  private List<Runnable> held;
  private boolean away;
  private long lastId;

  FakeAccounts() {
    this(Runnable::run);
  }

  /** Those that are answered in a thread. */
  FakeAccounts(Executor thread) {
    this.thread = thread;
  }

  void add(AccountListener listener) {
    listeners.add(listener);
  }

  void away(boolean now) {
    away = now;
  }

  /** Answers nothing until {@link #answer}. */
  void hold() {
    held = new ArrayList<>();
  }

  /** How much was asked since. */
  int asked() {
    return held.size();
  }

  /** Answers what was asked since. */
  void answer() {
    List<Runnable> asked = held;
    held = null;
    asked.forEach(Runnable::run);
  }

  private <T> CompletionStage<T> later(java.util.concurrent.Callable<T> work) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    Runnable task =
        () -> {
          try {
            if (away) {
              throw new AccountException(
                  "the database of users is away, try again later", new DatabaseAway("gone"));
            }
            stage.complete(work.call());
          } catch (Exception failed) {
            stage.completeExceptionally(failed);
          }
        };
    if (held == null) {
      thread.execute(task);
    } else {
      held.add(task);
    }
    return stage.minimalCompletionStage();
  }

  private static String taken(byte[] password) {
    String text = new String(password, StandardCharsets.UTF_8);
    Arrays.fill(password, (byte) 0);
    return text;
  }

  @Override
  public CompletionStage<LogIn> logIn(
      AccountName name, byte[] password, boolean register, Origin origin) {
    String given = taken(password);
    return later(
        () -> {
          if (origin.address().isPresent()) {
            InetAddress from = origin.address().get();
            if (bans.keySet().stream().anyMatch(network -> network.contains(from))) {
              throw new AccountException("your address is banned");
            }
            last.put(name, origin.network().get());
          }
          Account account = accounts.get(name);
          if (account == null && !register) {
            return new LogIn.Unknown();
          }
          if (account == null) {
            return new LogIn.Entered(register(name, given, Role.USER), true);
          }
          if (!given.equals(passwords.get(account.id()))) {
            return new LogIn.WrongPassword();
          }
          return account
              .banAt(Instant.now())
              .<LogIn>map(LogIn.Banned::new)
              .orElse(new LogIn.Entered(account, false));
        });
  }

  private Account register(AccountName name, String password, Role role) throws AccountException {
    if (password.length() < 6) {
      throw new AccountException("a password has at least 6 characters");
    }
    Account account =
        new Account(++lastId, name, role, Instant.EPOCH, Optional.empty(), Optional.empty());
    accounts.put(name, account);
    passwords.put(account.id(), password);
    return account;
  }

  private CompletionStage<Account> change(AccountName name, UnaryOperator<Account> change) {
    return later(
        () -> {
          Account changed = change.apply(accounts.get(name));
          accounts.put(name, changed);
          listeners.forEach(listener -> listener.changed(changed));
          return changed;
        });
  }

  @Override
  public CompletionStage<Boolean> changePassword(
      long id, byte[] old, byte[] password, Origin origin) {
    String before = taken(old);
    String after = taken(password);
    return later(
        () -> {
          boolean changed = passwords.replace(id, before, after);
          if (changed) {
            tellOfPassword(
                accounts.values().stream().filter(a -> a.id() == id).findFirst().orElseThrow(),
                origin);
          }
          return changed;
        });
  }

  private void tellOfPassword(Account account, Origin by) {
    listeners.forEach(listener -> listener.passwordChanged(account, by));
  }

  @Override
  public CompletionStage<AddressBan> ban(Network network, Ban ban) {
    return later(
        () -> {
          AddressBan banned = new AddressBan(network, ban);
          bans.put(network, banned);
          listeners.forEach(listener -> listener.addressBanned(banned));
          return banned;
        });
  }

  @Override
  public CompletionStage<Boolean> unban(Network network) {
    return later(() -> bans.remove(network) != null);
  }

  @Override
  public CompletionStage<List<AddressBan>> addressBans() {
    return later(() -> List.copyOf(bans.values()));
  }

  @Override
  public CompletionStage<Optional<Network>> lastNetwork(AccountName name) {
    return later(() -> Optional.ofNullable(last.get(name)));
  }

  @Override
  public CompletionStage<Optional<Account>> find(AccountName name) {
    return later(() -> Optional.ofNullable(accounts.get(name)));
  }

  @Override
  public CompletionStage<Void> checkName(AccountName name, long except) {
    return later(
        () -> {
          Account account = accounts.get(name);
          if (account != null && account.id() != except) {
            throw new AccountException("the name " + name + " is taken, or looks like one that is");
          }
          return null;
        });
  }

  /** As in another database, of which nobody was told. */
  void holds(Account account) {
    accounts.put(account.name(), account);
  }

  /** Likewise. */
  void holdsNo(AccountName name) {
    accounts.remove(name);
  }

  /** Likewise. */
  void holds(AddressBan ban) {
    bans.put(ban.network(), ban);
  }

  Account get(String name) {
    return accounts.get(AccountName.of(name));
  }

  /** A zero is an o here, and l looks like 1. */
  @Override
  public CompletionStage<Map<AccountName, Look>> looks(Collection<AccountName> names) {
    return later(
        () -> {
          Map<AccountName, Look> looks = new TreeMap<>();
          for (AccountName name : names) {
            looks.put(
                name,
                new Look(
                    Set.of(name.key().replace('0', 'o').replace('1', 'l')),
                    name.isLegible()
                        ? Optional.empty()
                        : Optional.of("a new name has " + AccountName.LEGIBLE)));
          }
          return looks;
        });
  }

  public CompletionStage<Account> add(AccountName name, byte[] password, Role role) {
    String given = taken(password);
    return later(() -> register(name, given, role));
  }

  public CompletionStage<Account> setPassword(AccountName name, byte[] password) {
    String after = taken(password);
    return later(
        () -> {
          Account account = accounts.get(name);
          passwords.put(account.id(), after);
          tellOfPassword(account, Origin.HOST);
          return account;
        });
  }

  public CompletionStage<Account> setRole(AccountName name, Role role) {
    return change(
        name, old -> new Account(old.id(), old.name(), role, old.created(), old.seen(), old.ban()));
  }

  @Override
  public CompletionStage<Account> ban(AccountName name, Ban ban) {
    return change(name, old -> with(old, Optional.of(ban)));
  }

  @Override
  public CompletionStage<Account> unban(AccountName name) {
    return change(name, old -> with(old, Optional.empty()));
  }

  private static Account with(Account old, Optional<Ban> ban) {
    return new Account(old.id(), old.name(), old.role(), old.created(), old.seen(), ban);
  }

  public CompletionStage<Account> remove(AccountName name) {
    return later(
        () -> {
          Account removed = accounts.remove(name);
          listeners.forEach(listener -> listener.removed(removed));
          return removed;
        });
  }
}

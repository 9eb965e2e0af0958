package slipway.testkit;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountListener;
import slipway.account.AccountName;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.LogIn;
import slipway.account.Look;
import slipway.account.Network;
import slipway.account.Origin;
import slipway.account.Role;
import slipway.admin.AccountAdmin;
import slipway.data.DatabaseAway;

/**
 * Accounts in memory, for services and for tools of operators, with passwords of six characters and
 * more. Names look alike here only if they differ in {@code 0} and {@code o}, or in {@code 1} and
 * {@code l}; passwords are neither hashed nor normalised; nothing is limited.
 *
 * <p>Calls may come from any thread. They are answered, and listeners told, one after the other by
 * the executor that is given, or, without one, in the calling thread before the call returns.
 */
public final class MemoryAccounts implements AccountAdmin {

  private final List<AccountListener> listeners = new CopyOnWriteArrayList<>();
  private final Executor thread;
  private final AccountTable table;
  private volatile String away;

  /** Accounts that are answered in the calling thread. */
  public MemoryAccounts() {
    this(Runnable::run);
  }

  /** Accounts that are answered by an executor, such as a {@link ManualExecutor}. */
  public MemoryAccounts(Executor thread) {
    this(thread, InstantSource.system());
  }

  /** Accounts that are answered by an executor, and whose bans end by a clock. */
  public MemoryAccounts(Executor thread, InstantSource clock) {
    this.thread = thread;
    this.table = new AccountTable(clock);
  }

  /** From now on a listener hears of changes, as one that is a service does in the host. */
  public void add(AccountListener listener) {
    listeners.add(listener);
  }

  /** From now on the database of users is away, for a reason; null if it is back. */
  public void away(String reason) {
    away = reason;
  }

  // ---- users -----------------------------------------------------------------------------------

  @Override
  public CompletionStage<LogIn> logIn(
      AccountName name, byte[] password, boolean register, Origin origin) {
    String given = taken(password);
    return later(() -> table.entered(name, given, register, origin));
  }

  @Override
  public CompletionStage<Boolean> changePassword(
      long id, byte[] old, byte[] password, Origin origin) {
    String before = taken(old);
    String after = taken(password);
    return later(
        () -> {
          Account account = table.existing(id);
          boolean changed = table.changePassword(account, before, after);
          if (changed) {
            tellOfPassword(account, origin);
          }
          return changed;
        });
  }

  @Override
  public CompletionStage<Optional<Account>> find(AccountName name) {
    return later(() -> table.find(name));
  }

  @Override
  public CompletionStage<Void> checkName(AccountName name, long except) {
    return later(
        () -> {
          table.checkName(name, except);
          return null;
        });
  }

  @Override
  public CompletionStage<Map<AccountName, Look>> looks(Collection<AccountName> names) {
    return later(
        () -> {
          Map<AccountName, Look> looks = new TreeMap<>();
          names.forEach(name -> looks.put(name, AccountTable.look(name)));
          return looks;
        });
  }

  // ---- operators -------------------------------------------------------------------------------

  @Override
  public CompletionStage<List<Account>> list() {
    return later(table::list);
  }

  @Override
  public CompletionStage<Account> add(AccountName name, byte[] password, Role role) {
    String given = taken(password);
    return later(() -> table.added(name, given, role));
  }

  @Override
  public CompletionStage<Account> setPassword(AccountName name, byte[] password) {
    String after = taken(password);
    return later(
        () -> {
          Account account = table.existing(name);
          table.setPassword(account, after);
          tellOfPassword(account, Origin.HOST);
          return account;
        });
  }

  @Override
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

  @Override
  public CompletionStage<AddressBan> ban(Network network, Ban ban) {
    return later(
        () -> {
          AddressBan banned = new AddressBan(network, ban);
          table.put(banned);
          tell(listener -> listener.addressBanned(banned));
          return banned;
        });
  }

  @Override
  public CompletionStage<Boolean> unban(Network network) {
    return later(() -> table.unbanned(network));
  }

  @Override
  public CompletionStage<List<AddressBan>> addressBans() {
    return later(table::bans);
  }

  @Override
  public CompletionStage<Optional<Network>> lastNetwork(AccountName name) {
    return later(() -> table.lastNetwork(name));
  }

  @Override
  public CompletionStage<Account> remove(AccountName name) {
    return later(() -> removed(table.existing(name)));
  }

  @Override
  public CompletionStage<Integer> clear() {
    return later(
        () -> {
          List<Account> all = table.list();
          all.forEach(this::removed);
          return all.size();
        });
  }

  // ---- what no listener hears of ---------------------------------------------------------------

  /**
   * There is an account from now on, in place of any of its name, as if another host had made or
   * changed it, or the database had become another one: no listener hears of it.
   *
   * @param account the account, with any number
   * @param password its password, of any length
   */
  public synchronized void put(Account account, byte[] password) {
    table.put(account, taken(password));
  }

  /** A network is kept out from now on; no listener hears of it, as with an account. */
  public synchronized void put(AddressBan ban) {
    table.put(ban);
  }

  /** There is no account of a name from now on; no listener hears of it. */
  public synchronized void drop(AccountName name) {
    table.find(name).ifPresent(table::remove);
  }

  // ---- what they have in common ----------------------------------------------------------------

  private <T> CompletionStage<T> later(Callable<T> work) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            stage.complete(answer(work));
          } catch (Exception refused) {
            stage.completeExceptionally(refused);
          }
        });
    return stage.minimalCompletionStage();
  }

  private synchronized <T> T answer(Callable<T> work) throws Exception {
    String reason = away;
    if (reason != null) {
      throw new AccountException(
          "the database of users is away, try again later", new DatabaseAway(reason));
    }
    return work.call();
  }

  private CompletionStage<Account> change(AccountName name, UnaryOperator<Account> change) {
    return later(
        () -> {
          Account changed = change.apply(table.existing(name));
          table.put(changed);
          tell(listener -> listener.changed(changed));
          return changed;
        });
  }

  private Account removed(Account account) {
    table.remove(account);
    tell(listener -> listener.removed(account));
    return account;
  }

  private void tellOfPassword(Account account, Origin by) {
    tell(listener -> listener.passwordChanged(account, by));
    tell(listener -> listener.changed(account));
  }

  private void tell(Consumer<AccountListener> news) {
    listeners.forEach(news);
  }

  /** As the host does: the caller must not keep it. */
  private static String taken(byte[] password) {
    String text = new String(password, StandardCharsets.UTF_8);
    Arrays.fill(password, (byte) 0);
    return text;
  }
}

package slipway.shell.commands.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import slipway.account.Account;
import slipway.account.AccountException;
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

/** Accounts in memory, for operators. */
final class FakeAccounts implements AccountAdmin {

  static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");

  final TreeMap<AccountName, Account> all = new TreeMap<>();

  final TreeMap<Network, AddressBan> bans = new TreeMap<>();

  /** Where users were last. */
  final TreeMap<AccountName, Network> last = new TreeMap<>();

  /** The passwords that were given, in their order, as they were. */
  final List<String> passwords = new ArrayList<>();

  /** Why the database is away; null while it is there. */
  String away;

  @Override
  public CompletionStage<LogIn> logIn(
      AccountName name, byte[] password, boolean register, Origin origin) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Boolean> changePassword(
      long id, byte[] old, byte[] password, Origin origin) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Optional<Account>> find(AccountName name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> checkName(AccountName name, long except) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Map<AccountName, Look>> looks(Collection<AccountName> names) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<List<Account>> list() {
    return away != null ? gone() : CompletableFuture.completedFuture(List.copyOf(all.values()));
  }

  @Override
  public CompletionStage<Account> add(AccountName name, byte[] password, Role role) {
    take(password);
    if (all.containsKey(name)) {
      return refused("there is a user " + name + " already");
    }
    Account made =
        new Account(all.size() + 1, name, role, CREATED, Optional.empty(), Optional.empty());
    all.put(name, made);
    return CompletableFuture.completedFuture(made);
  }

  @Override
  public CompletionStage<Account> setPassword(AccountName name, byte[] password) {
    take(password);
    return change(name, account -> account);
  }

  @Override
  public CompletionStage<Account> setRole(AccountName name, Role role) {
    return change(
        name, old -> new Account(old.id(), old.name(), role, old.created(), old.seen(), old.ban()));
  }

  @Override
  public CompletionStage<Account> ban(AccountName name, Ban ban) {
    return change(
        name,
        old ->
            new Account(
                old.id(), old.name(), old.role(), old.created(), old.seen(), Optional.of(ban)));
  }

  @Override
  public CompletionStage<AddressBan> ban(Network network, Ban ban) {
    bans.put(network, new AddressBan(network, ban));
    return CompletableFuture.completedFuture(bans.get(network));
  }

  @Override
  public CompletionStage<Boolean> unban(Network network) {
    return CompletableFuture.completedFuture(bans.remove(network) != null);
  }

  @Override
  public CompletionStage<List<AddressBan>> addressBans() {
    return CompletableFuture.completedFuture(List.copyOf(bans.values()));
  }

  @Override
  public CompletionStage<Optional<Network>> lastNetwork(AccountName name) {
    return CompletableFuture.completedFuture(Optional.ofNullable(last.get(name)));
  }

  @Override
  public CompletionStage<Account> unban(AccountName name) {
    return change(
        name,
        old ->
            new Account(
                old.id(), old.name(), old.role(), old.created(), old.seen(), Optional.empty()));
  }

  @Override
  public CompletionStage<Account> remove(AccountName name) {
    Account removed = all.remove(name);
    return removed == null
        ? refused("there is no user " + name)
        : CompletableFuture.completedFuture(removed);
  }

  @Override
  public CompletionStage<Integer> clear() {
    int count = all.size();
    all.clear();
    return CompletableFuture.completedFuture(count);
  }

  private CompletionStage<Account> change(AccountName name, UnaryOperator<Account> change) {
    Account changed = all.computeIfPresent(name, (key, old) -> change.apply(old));
    return changed == null
        ? refused("there is no user " + name)
        : CompletableFuture.completedFuture(changed);
  }

  private void take(byte[] password) {
    passwords.add(new String(password, UTF_8));
    Arrays.fill(password, (byte) 0);
  }

  private <T> CompletionStage<T> gone() {
    return CompletableFuture.failedStage(
        new AccountException(
            "the database of users is away, try again later", new DatabaseAway(away)));
  }

  private static <T> CompletionStage<T> refused(String why) {
    return CompletableFuture.failedStage(new AccountException(why));
  }
}

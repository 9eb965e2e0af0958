package slipway.testkit;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

/** What {@link MemoryAccounts} keeps. Used by one thread at a time. */
final class AccountTable {

  private static final int SHORTEST = 6;

  private final Map<AccountName, Account> accounts = new TreeMap<>();
  private final Map<Long, String> passwords = new TreeMap<>();
  private final Map<Network, AddressBan> bans = new TreeMap<>();
  private final Map<AccountName, Network> last = new TreeMap<>();
  private final InstantSource clock;
  private long lastId;

  AccountTable(InstantSource clock) {
    this.clock = clock;
  }

  // ---- users -----------------------------------------------------------------------------------

  LogIn entered(AccountName name, String password, boolean register, Origin origin)
      throws AccountException {
    if (origin.address().filter(this::isBanned).isPresent()) {
      throw new AccountException("your address is banned");
    }
    Account account = accounts.get(name);
    if (account == null && !register) {
      return new LogIn.Unknown();
    }
    if (account == null) {
      origin.network().ifPresent(network -> last.put(name, network));
      return new LogIn.Entered(made(name, password, Role.USER), true);
    }
    if (!password.equals(passwords.get(account.id()))) {
      return new LogIn.WrongPassword();
    }
    Optional<Ban> ban = account.banAt(clock.instant());
    if (ban.isPresent()) {
      return new LogIn.Banned(ban.get());
    }
    origin.network().ifPresent(network -> last.put(name, network));
    return new LogIn.Entered(account, false);
  }

  boolean changePassword(Account account, String before, String after) throws AccountException {
    return passwords.replace(account.id(), before, checked(after));
  }

  void checkName(AccountName name, long except) throws AccountException {
    Set<String> forms = look(name).forms();
    for (Account account : accounts.values()) {
      if (account.id() != except && look(account.name()).forms().equals(forms)) {
        throw new AccountException("the name " + name + " is taken, or looks like one that is");
      }
    }
  }

  static Look look(AccountName name) {
    return new Look(
        Set.of(name.key().replace('0', 'o').replace('1', 'l')),
        name.isLegible() ? Optional.empty() : Optional.of("a new name has " + AccountName.LEGIBLE));
  }

  // ---- accounts --------------------------------------------------------------------------------

  List<Account> list() {
    return List.copyOf(accounts.values());
  }

  Optional<Account> find(AccountName name) {
    return Optional.ofNullable(accounts.get(name));
  }

  Account existing(AccountName name) throws AccountException {
    return find(name).orElseThrow(() -> new AccountException("there is no user " + name));
  }

  Account existing(long id) throws AccountException {
    return accounts.values().stream()
        .filter(account -> account.id() == id)
        .findFirst()
        .orElseThrow(() -> new AccountException("there is no such user"));
  }

  Account added(AccountName name, String password, Role role) throws AccountException {
    if (accounts.containsKey(name)) {
      throw new AccountException("there is a user " + name + " already");
    }
    return made(name, password, role);
  }

  private Account made(AccountName name, String password, Role role) throws AccountException {
    lastId++;
    Account account =
        new Account(lastId, name, role, clock.instant(), Optional.empty(), Optional.empty());
    passwords.put(account.id(), checked(password));
    accounts.put(name, account);
    return account;
  }

  void put(Account changed) {
    accounts.put(changed.name(), changed);
  }

  /** As it is, whether a new account could be so or not; its number is not given again. */
  void put(Account account, String password) {
    accounts.put(account.name(), account);
    passwords.put(account.id(), password);
    lastId = Math.max(lastId, account.id());
  }

  void remove(Account account) {
    accounts.remove(account.name());
    passwords.remove(account.id());
  }

  void setPassword(Account account, String password) throws AccountException {
    passwords.put(account.id(), checked(password));
  }

  private static String checked(String password) throws AccountException {
    if (password.length() < SHORTEST) {
      throw new AccountException("a password has at least " + SHORTEST + " characters");
    }
    return password;
  }

  // ---- networks --------------------------------------------------------------------------------

  void put(AddressBan ban) {
    bans.put(ban.network(), ban);
  }

  boolean unbanned(Network network) {
    return bans.remove(network) != null;
  }

  List<AddressBan> bans() {
    return bans.values().stream()
        .filter(each -> each.ban().until().isAfter(clock.instant()))
        .toList();
  }

  private boolean isBanned(InetAddress address) {
    return bans().stream().anyMatch(each -> each.network().contains(address));
  }

  Optional<Network> lastNetwork(AccountName name) throws AccountException {
    return Optional.ofNullable(last.get(existing(name).name()));
  }
}

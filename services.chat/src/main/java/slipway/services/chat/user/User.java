package slipway.services.chat.user;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.Role;
import slipway.services.chat.store.Mute;
import slipway.services.chat.store.Standing;
import slipway.services.chat.text.ShownName;

/** A user who is on, with one or more devices. Read and changed from any thread. */
public final class User {

  private final long id;
  private final Pace pace;
  private final List<Device> devices = new CopyOnWriteArrayList<>();
  private final Map<Long, String> ignored = new ConcurrentHashMap<>();
  private volatile Account account;
  private volatile AccountName nick;
  private volatile String away = "";

  /** What the nick looks like; empty if it is the account's name. */
  private volatile Set<String> looks = Set.of();

  /** Whether what is kept of whom the user ignores has been read. */
  private boolean known;

  /** Null until it is known. */
  private volatile Optional<Mute> mute;

  /**
   * Makes one, without a device.
   *
   * @param now the time in nanoseconds, from any origin
   */
  public User(Account account, long now) {
    this.id = account.id();
    this.account = account;
    this.nick = account.name();
    this.pace = new Pace(now);
  }

  /** The account's number. */
  public long id() {
    return id;
  }

  /** The account, as last known. */
  public Account account() {
    return account;
  }

  void account(Account now) {
    account = now;
  }

  /** Whether this user is an operator. */
  public boolean isOperator() {
    return account.role() == Role.OPERATOR;
  }

  /** The name by which others know this user: the account's own, or a nick. */
  public AccountName name() {
    return nick;
  }

  /** The name as others see it: a nick is marked. */
  public String shown() {
    return ShownName.of(nick, account.name());
  }

  void name(AccountName now, Set<String> forms) {
    nick = now;
    looks = forms;
  }

  /** What the name looks like, by which others know this user, if it is a nick; else empty. */
  public Set<String> looks() {
    return looks;
  }

  /** Why this user does not answer; empty if present. */
  public String away() {
    return away;
  }

  /** Says why this user does not answer. */
  public void away(String why) {
    away = why;
  }

  /** The mute that holds at that time. */
  public Optional<Mute> muteAt(Instant time) {
    Optional<Mute> known = mute;
    return known == null ? Optional.empty() : known.filter(held -> held.until().isAfter(time));
  }

  /** What is kept of the user; what has been done since it was read counts more. */
  public synchronized void stored(Standing read) {
    if (mute == null) {
      mute = read.mute();
    }
    if (!known) {
      known = true;
      ignored.putAll(read.ignored());
    }
  }

  synchronized void mute(Optional<Mute> now) {
    mute = now;
  }

  /** How fast this user writes, with all devices together. */
  public Pace pace() {
    return pace;
  }

  /** Accounts whose lines this user does not get, and their names. May be changed. */
  public Map<Long, String> ignored() {
    return ignored;
  }

  List<Device> devices() {
    return devices;
  }
}

package slipway.services.chat.user;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.Network;
import slipway.services.chat.store.Mute;
import slipway.services.chat.text.Day;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.text.PlainText;
import slipway.text.Times;

/**
 * All users who are on in this version of the chat: by account, by the name that they are known by,
 * and by what their nicks look like. Methods may be called from any thread.
 *
 * <p>A change of one user's devices or name is made within the user's entry of the map, one at a
 * time; so no name stays taken by a user who has left meanwhile.
 */
public final class Users {

  private final LongSupplier nanos;
  private final Map<Long, User> users = new ConcurrentHashMap<>();
  private final Names names = new Names();
  private final PasswordChanges passwords = new PasswordChanges();

  /**
   * Makes it, empty.
   *
   * @param nanos the time in nanoseconds, from the same origin for all versions
   */
  public Users(LongSupplier nanos) {
    this.nanos = nanos;
  }

  // ---- coming and going ----------------------------------------------------------------------

  /**
   * Lets a device in. A user of another database who has this one's number is ended.
   *
   * @param most how many devices a user may have
   */
  public Entry enter(Account account, Device device, int most) {
    Entry[] entry = new Entry[1];
    User[] replaced = new User[1];
    users.compute(
        account.id(),
        (id, on) -> {
          if (on != null && !on.account().name().equals(account.name())) {
            names.forget(on); // of another database, in which another user has this number
            replaced[0] = on;
          }
          User user = on == null || on == replaced[0] ? new User(account, nanos.getAsLong()) : on;
          if (user.devices().size() >= most) {
            entry[0] = new Entry.TooManyDevices();
            return on;
          }
          entry[0] = new Entry.Entered(user, names.giveOwn(user, account.name()));
          user.account(account);
          user.devices().add(device);
          return user;
        });
    if (replaced[0] != null) {
      replaced[0].devices().forEach(each -> each.end(Goodbye.REMOVED));
    }
    return entry[0];
  }

  /** A device is gone. */
  public void leave(User user, Device device) {
    users.computeIfPresent(
        user.id(),
        (id, on) -> {
          on.devices().remove(device);
          if (!on.devices().isEmpty()) {
            return on;
          }
          names.forget(on);
          return null;
        });
  }

  /** The accounts of those who are in. */
  public List<Account> accounts() {
    return users.values().stream().map(User::account).toList();
  }

  // ---- names ---------------------------------------------------------------------------------

  /** The user who is known by a name. */
  public Optional<User> find(AccountName name) {
    return find(name.key());
  }

  /** As above, of the form by which names are compared. */
  public Optional<User> find(String key) {
    return names.find(key);
  }

  /** Whether another user has a nick that looks like one of these forms. */
  public boolean isLikeNick(Collection<?> forms, long account) {
    return names.isLikeNick(forms, account);
  }

  /**
   * Gives a user another name.
   *
   * @param forms what it looks like; empty for the account's own name
   * @return false if another user is known by it, or by one that looks like it
   */
  public boolean rename(User user, AccountName name, Set<String> forms) {
    boolean[] renamed = {false};
    users.computeIfPresent( // one at a time, or a name in between would stay taken
        user.id(),
        (id, on) -> {
          renamed[0] = names.give(user, name, forms);
          return on;
        });
    return renamed[0];
  }

  /**
   * Takes a nick away that is the name of another user's account, and tells its holder. The holder
   * gets their own name back.
   *
   * @return false if the holder has taken another name meanwhile
   */
  public boolean takeNick(User holder, AccountName name) {
    boolean[] taken = {false};
    users.computeIfPresent( // it may be taking another one now
        holder.id(),
        (id, on) -> {
          taken[0] = names.takeNick(on, name);
          return on;
        });
    if (taken[0]) {
      String line = "* " + name + " is the name of a user; you are " + holder.shown() + " again";
      holder.devices().forEach(device -> device.show(line));
    }
    return taken[0];
  }

  // ---- what is shown to users ----------------------------------------------------------------

  /**
   * Shows a user a line that one other user wrote.
   *
   * @param key the name that the user is known by, in the form by which names are compared
   * @param from the other one's account
   * @param day when; null if that is not known
   * @return why the user does not answer, empty if present; nothing if no user is known by the name
   */
  public Optional<String> tell(String key, long from, String line, Day day) {
    Optional<User> user = find(key);
    user.filter(it -> !it.ignored().containsKey(from))
        .ifPresent(it -> it.devices().forEach(device -> device.tell(line, day)));
    return user.map(User::away);
  }

  /**
   * Gives the device that serves a connection now a line that one before was to show.
   *
   * @param ends whether it is the last line
   * @return whether there is such a device
   */
  public boolean pass(long connection, String line, boolean ends) {
    Optional<Device> served =
        devices().filter(device -> device.connection() == connection).findFirst();
    served.ifPresent(
        device -> {
          if (ends) {
            device.end(line);
          } else {
            device.show(line);
          }
        });
    return served.isPresent();
  }

  /** A user may not talk, or may again. */
  public void mute(long account, Optional<Mute> mute) {
    User user = users.get(account);
    if (user != null) {
      String line =
          mute.map(
                  held ->
                      "* you may not talk until "
                          + Times.of(held.until())
                          + PlainText.because(held.reason()))
              .orElse("* you may talk again");
      user.devices().forEach(device -> device.show(line));
      user.mute(mute); // behind that: no device reads first that it was not heard
    }
  }

  // ---- what becomes of accounts --------------------------------------------------------------

  /** An account is another now, such as one with another role. */
  public void changed(Account account) {
    User user = users.get(account.id());
    if (user != null) {
      user.account(account);
    }
  }

  /**
   * Ends the sessions of a user.
   *
   * @return how many
   */
  public int end(long account, String line) {
    return end(account, line, connection -> false);
  }

  private int end(long account, String line, LongPredicate except) {
    User user = users.get(account);
    if (user == null) {
      return 0;
    }
    List<Device> devices =
        user.devices().stream().filter(device -> !except.test(device.connection())).toList();
    devices.forEach(device -> device.end(line));
    return devices.size();
  }

  /** Ends the sessions that come from a network. */
  public void end(Network network, String line) {
    devices().filter(device -> device.isFrom(network)).forEach(device -> device.end(line));
  }

  private Stream<Device> devices() {
    return users.values().stream().flatMap(user -> user.devices().stream());
  }

  /**
   * A user has another password: ends the sessions, and those that are on their way to this
   * version. In the accounts' thread.
   *
   * @param by connections whose session stays
   */
  public void passwordChanged(long account, LongPredicate by) {
    // before the sessions are looked for: one may come meanwhile
    passwords.note(account, nanos.getAsLong(), by);
    end(account, Goodbye.PASSWORD_CHANGED, by);
  }

  /**
   * Whether a user has had another password since a log-in.
   *
   * @param since when that was, as {@code nanos} tells the time
   * @param connection whose session it is
   */
  public boolean isPasswordOld(long account, long since, long connection) {
    return passwords.isOld(account, since, connection);
  }
}

package slipway.account;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The accounts of the host, for services: users log in, and a service bans and finds them. What
 * else operators do is in {@link slipway.admin.AccountAdmin}. Methods may be called from any
 * thread, event loops too, and do not block: passwords are hashed and the database is asked
 * elsewhere.
 *
 * <p>A stage fails with {@link AccountException} if what was asked for is refused (its message says
 * what is allowed), if the database is away (its cause is a {@link slipway.data.DatabaseAway},
 * whose message is for operators), if the service stops, or, at once, if too many wait for a
 * password to be hashed. Other failures are in the log, and the message says no more than that.
 *
 * <p>Stages are completed in the thread that calls the {@link AccountListener}s, which must not be
 * blocked. Changes take effect one after the other, and a stage is completed in its place among
 * them: what is attached to the stage of a log-in with {@code thenApply} or {@code thenAccept} runs
 * before listeners hear of a change that came later. A service that puts a session on its list
 * there misses no ban and no removal; one that waits for the stage in another thread may.
 *
 * <p>The work for passwords is shared out fairly. Operators' calls come first. Then come names that
 * have an account and then new ones, in turn over the addresses that wait; the calls that an
 * address may have open, and the names that it may register in a while, are limited by
 * configuration. All calls without an {@link Origin} share one turn.
 *
 * <p>Passwords are compared in the form of RFC 8265 (profile OpaqueString): normalised, with other
 * spaces than that of ASCII taken for it. A new password has at least the configured number of
 * characters, and at most 128 bytes of UTF-8; control characters, the name itself and the most
 * common passwords are refused. Each array given is filled with zeros before its stage is
 * completed, even if the call is refused, so callers must not use it after the call.
 *
 * <p>A new name is one that Unicode recommends for names, is of one script, and is not taken, does
 * not look like one that is taken, and is not kept for the host. The names of existing accounts
 * always stay valid.
 *
 * <p>Times are kept in milliseconds. If several hosts share one database, listeners hear only of
 * the changes of their own host.
 */
@ProviderType
public interface Accounts {

  /**
   * Logs a user in.
   *
   * @param name the user's name
   * @param password the password
   * @param register whether an unused name gets an account with this password. If several register
   *     one name at once, one gets it, and the others' passwords are compared with it. A name that
   *     cannot be given, and a password that is too short, are then refused.
   * @param origin where the user comes from
   * @return how it ended. Only a client that knows the password is told of a ban. An unknown name
   *     takes about as long as a wrong password. A ban of the address is a refusal
   */
  CompletionStage<LogIn> logIn(AccountName name, byte[] password, boolean register, Origin origin);

  /** Logs in a user whose address is unknown. */
  default CompletionStage<LogIn> logIn(AccountName name, byte[] password, boolean register) {
    return logIn(name, password, register, Origin.UNKNOWN);
  }

  /**
   * Changes a user's own password; refused if there is no such account. A ban does not prevent
   * this.
   *
   * @param id the account
   * @param old the password until now
   * @param password the new password
   * @param origin where the user is
   * @return false if the old password is wrong
   */
  CompletionStage<Boolean> changePassword(long id, byte[] old, byte[] password, Origin origin);

  /** Changes the password of a user whose address is unknown. */
  default CompletionStage<Boolean> changePassword(long id, byte[] old, byte[] password) {
    return changePassword(id, old, password, Origin.UNKNOWN);
  }

  /**
   * Finds an account.
   *
   * @param name its name
   * @return the account; empty if there is none
   */
  CompletionStage<Optional<Account>> find(AccountName name);

  /**
   * Checks whether a new account could have a name now, for example before a user is shown under
   * it.
   *
   * @param name the name
   * @param except the account whose own name may be this one, or look like it; 0 if none
   * @return completed if it could; else the stage fails with the reason
   */
  CompletionStage<Void> checkName(AccountName name, long except);

  /**
   * What names look like, for services that have names of other things than users. Whether there
   * are accounts of these names, or like them, does not matter.
   *
   * @param names the names
   * @return of each name
   * @since 1.2
   */
  CompletionStage<Map<AccountName, Look>> looks(Collection<AccountName> names);

  /**
   * Bans a user, in place of an earlier ban; refused if there is no such account.
   *
   * @param name the account
   * @param ban until when (a time after the year 9999 counts as the end of that year); why, at most
   *     200 characters in one line; and by whom, at most 64
   * @return the account
   */
  CompletionStage<Account> ban(AccountName name, Ban ban);

  /**
   * Ends a ban, if there is one; refused if there is no such account.
   *
   * @param name the account
   * @return the account
   */
  CompletionStage<Account> unban(AccountName name);

  /**
   * Bans a network, in place of an earlier ban of the same network.
   *
   * @param network the network that is banned
   * @param ban until when, why and by whom, as for an account
   * @return the ban
   */
  CompletionStage<AddressBan> ban(Network network, Ban ban);

  /**
   * Ends the ban of a network.
   *
   * @return false if there was none
   */
  CompletionStage<Boolean> unban(Network network);

  /** The bans of networks that hold now, ordered by network. */
  CompletionStage<List<AddressBan>> addressBans();

  /**
   * The network that stands for the address from which a user last logged in; empty if that is not
   * known. Refused if there is no such account.
   *
   * @param name the account
   */
  CompletionStage<Optional<Network>> lastNetwork(AccountName name);
}

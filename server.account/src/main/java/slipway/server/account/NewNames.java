package slipway.server.account;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.Look;

/**
 * Which names are given to new accounts. Used in the accounts' own thread; names are looked at in
 * the database's.
 *
 * <p>Before the first answer, accounts that have no forms yet get theirs: those of before this was
 * kept, or of a host with other tables. Where two of them look alike, the older one has the form,
 * both stay valid, and the log says so.
 */
final class NewNames {

  /** The giver of a name. */
  enum Giver {
    /** A user that registers. */
    STRANGER,
    /** An operator at the console; may give names that speak for the host. */
    OPERATOR
  }

  private static final Logger LOG = LoggerFactory.getLogger(NewNames.class);

  /** Accounts that get their forms in one transaction. */
  private static final int PORTION = 500;

  /** Pairs that the log names at most. */
  private static final int MOST_TOLD = 20;

  /** Names with which strangers could pose as the host. */
  private static final List<String> OF_THE_HOST = List.of("admin", "host", "operator", "slipway");

  /** What audit tables call an operator without an account. */
  private static final String CONSOLE = "console";

  /** First words of HTTP requests: a web page could have a browser log in with them. */
  private static final Set<String> OF_HTTP =
      Set.of("connect", "delete", "get", "head", "options", "patch", "post", "put", "trace");

  private final Store store;
  private CompletableFuture<Void> filled;

  NewNames(Store store) {
    this.store = store;
  }

  /** An account is gone, and another that looks like it may have its forms now. */
  void removed() {
    filled = null;
  }

  /**
   * Checks a name. An account of this very name is no reason: the caller finds that out.
   *
   * @param except account that the name may look like; 0 if none
   * @return failed with an {@link AccountException} if the name is not given
   */
  CompletableFuture<Void> check(AccountName name, Giver giver, long except) {
    return ready()
        .thenCompose(ready -> store.read(table -> refusal(table, name, giver, except)))
        .thenCompose(
            refusal ->
                refusal.isPresent()
                    ? CompletableFuture.failedFuture(new AccountException(refusal.get()))
                    : CompletableFuture.completedFuture(null));
  }

  /** As {@link #check} for a stranger; also fails if there is an account of this very name. */
  CompletableFuture<Void> checkFree(AccountName name, long except) {
    return store
        .read(table -> table.find(name))
        .thenCompose(
            found ->
                found.filter(stored -> stored.account().id() != except).isPresent()
                    ? CompletableFuture.failedFuture(new AccountException(taken(name)))
                    : check(name, Giver.STRANGER, except));
  }

  /** What names look like. */
  CompletableFuture<Map<AccountName, Look>> looks(Set<AccountName> names) {
    return store.read(
        table -> {
          Map<AccountName, Look> looks = new HashMap<>();
          names.forEach(name -> looks.put(name, new Look(Looks.of(name), Looks.flaw(name))));
          return looks;
        });
  }

  private static Optional<String> refusal(
      AccountTable table, AccountName name, Giver giver, long except) throws SQLException {
    Optional<String> flaw = Looks.flaw(name);
    if (flaw.isPresent()) {
      return flaw;
    }
    Set<String> looks = Looks.of(name);
    if (isKept(name, looks, giver)) {
      return Optional.of("the name " + name + " is kept for the host, or looks like one that is");
    }
    Optional<AccountName> other = table.looks().other(name, looks, except);
    if (other.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        giver == Giver.STRANGER
            ? taken(name)
            : "the name " + name + " looks like that of the user " + other.get());
  }

  /** What a stranger learns of a name that is taken, and of one that looks like it. */
  private static String taken(AccountName name) {
    return "the name " + name + " is taken, or looks like one that is";
  }

  private static boolean isKept(AccountName name, Set<String> looks, Giver giver) {
    return OF_HTTP.contains(name.key())
        || looksLike(looks, CONSOLE)
        || giver == Giver.STRANGER && OF_THE_HOST.stream().anyMatch(kept -> looksLike(looks, kept));
  }

  private static boolean looksLike(Set<String> looks, String kept) {
    return Looks.of(AccountName.of(kept)).stream().anyMatch(looks::contains);
  }

  private CompletableFuture<Void> ready() {
    if (filled == null || filled.isCompletedExceptionally()) {
      filled = fill(0, 0, new TreeSet<>());
    }
    return filled;
  }

  private CompletableFuture<Void> fill(long after, int count, Set<String> alike) {
    return store
        .change(table -> table.looks().fill(after, PORTION))
        .thenCompose(
            portion -> {
              portion.alike().stream().limit(MOST_TOLD).forEach(alike::add);
              int all = count + portion.alike().size();
              if (portion.last() != 0) {
                return fill(portion.last(), all, alike);
              }
              if (all > 0) {
                tell(all, alike);
              }
              return CompletableFuture.completedFuture(null);
            });
  }

  private static void tell(int count, Set<String> alike) {
    LOG.warn(
        "{} users look like others, as their names were given before that was refused: {}. They"
            + " stay valid; users rm NAME removes one",
        count,
        alike.stream().limit(MOST_TOLD).collect(Collectors.joining(", ")));
  }
}

package slipway.services.chat.hall;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.Account;
import slipway.account.Accounts;
import slipway.services.chat.store.Cause;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.user.Users;

/**
 * Checks whether the connected users may stay, when the database holds something else than it did:
 * a user whose account is missing or banned is told, and the sessions end. One account after the
 * other, as there may be many and the database has other work. From any thread.
 */
public final class RollCall {

  private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);

  private final Accounts accounts;
  private final Users users;
  private final InstantSource clock;
  private final Deque<Account> open = new ArrayDeque<>();
  private boolean networks;
  private boolean asking;

  /** Makes it. */
  public RollCall(Accounts accounts, Users users, InstantSource clock) {
    this.accounts = accounts;
    this.users = users;
    this.clock = clock;
  }

  /** The database holds something else. */
  public void begin() {
    synchronized (this) {
      open.clear();
      open.addAll(users.accounts());
      networks = true;
    }
    retry();
  }

  /** Continues with the users who could not be looked up while the database was away. */
  public void retry() {
    Account next;
    synchronized (this) {
      next = open.peek();
      if (asking || next == null && !networks) {
        return;
      }
      asking = true;
    }
    look(next)
        .whenComplete(
            (nothing, failure) -> {
              Throwable why = Cause.of(failure);
              looked(next, why);
              if (why == null) {
                retry();
              }
            });
  }

  private synchronized void looked(Account account, Throwable failure) {
    asking = false;
    if (failure == null) {
      if (account != null) {
        open.remove(account);
      }
      networks &= account != null;
    } else if (!Cause.isAway(failure)) {
      LOG.warn("a connected user cannot be looked up, and stays", failure);
      open.clear();
      networks = false;
    }
  }

  private CompletionStage<Void> look(Account account) {
    if (account == null) {
      return accounts
          .addressBans()
          .thenAccept(all -> all.forEach(ban -> users.end(ban.network(), Goodbye.banned(ban))));
    }
    return accounts.find(account.name()).thenAccept(found -> look(account, found));
  }

  private void look(Account account, Optional<Account> found) {
    Optional<Account> same = found.filter(other -> isSame(account, other));
    if (same.isEmpty()) {
      users.end(account.id(), Goodbye.REMOVED);
      return;
    }
    users.changed(same.get());
    same.get()
        .banAt(clock.instant())
        .ifPresent(ban -> users.end(account.id(), Goodbye.banned(ban)));
  }

  /** Another database gives the numbers again. */
  private static boolean isSame(Account one, Account other) {
    return one.id() == other.id()
        && (one.created().equals(other.created()) || one.created().equals(Instant.EPOCH));
  }
}

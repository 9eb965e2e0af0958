package slipway.server.account;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import slipway.account.AccountException;
import slipway.account.Network;
import slipway.account.Origin;
import slipway.server.account.password.Secret;

/**
 * The calls that have not been answered yet. Each is answered once, by its result or by the end of
 * the bundle, and has its passwords wiped before. Of calls that bring a password, an address may
 * have so many open: those beyond are refused before they cost anything.
 */
final class Calls {

  private final Set<Call<?>> open = ConcurrentHashMap.newKeySet();
  private final Map<Network, Integer> shares = new ConcurrentHashMap<>();
  private volatile boolean ended;

  /**
   * Opens a call.
   *
   * @param origin where it comes from; those without an address are not limited here
   * @param limit how many with a password an address may have open
   * @param passwords what the call brings, wiped when it is answered, or here if it is refused
   * @throws AccountException if its address has too many open
   */
  <T> Call<T> open(Origin origin, int limit, Secret... passwords) throws AccountException {
    Network network = passwords.length == 0 ? null : origin.network().orElse(null);
    if (network != null && !enter(network, limit)) {
      wipe(passwords);
      throw new AccountException("too many log-ins from your address wait, try again");
    }
    Call<T> call = new Call<>(network, passwords);
    open.add(call);
    if (ended) {
      call.fail(end());
    }
    return call;
  }

  private boolean enter(Network network, int limit) {
    boolean[] entered = {false};
    shares.compute(
        network,
        (same, held) -> {
          int count = held == null ? 0 : held;
          entered[0] = count < limit;
          return entered[0] ? Integer.valueOf(count + 1) : held;
        });
    return entered[0];
  }

  /**
   * Answers all calls that are open, and those to come: nothing is known of what they asked for.
   */
  void endAll() {
    ended = true;
    open.forEach(call -> call.fail(end()));
  }

  private static AccountException end() {
    return new AccountException("the host's accounts are stopping, try again");
  }

  private static void wipe(Secret... passwords) {
    for (Secret password : passwords) {
      password.wipe();
    }
  }

  /** One call. */
  final class Call<T> {
    private final Network network;
    private final Secret[] passwords;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final AtomicBoolean answered = new AtomicBoolean();

    private Call(Network network, Secret... passwords) {
      this.network = network;
      this.passwords = passwords;
    }

    /** What the caller waits for. */
    CompletableFuture<T> answer() {
      return answer;
    }

    void complete(T value) {
      if (close()) {
        answer.complete(value);
      }
    }

    void fail(AccountException failure) {
      if (close()) {
        answer.completeExceptionally(failure);
      }
    }

    private boolean close() {
      if (!answered.compareAndSet(false, true)) {
        return false;
      }
      open.remove(this);
      wipe(passwords);
      if (network != null) {
        shares.computeIfPresent(network, (same, count) -> count > 1 ? count - 1 : null);
      }
      return true;
    }
  }
}

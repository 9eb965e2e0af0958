package slipway.server.account;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import slipway.account.AccountException;

/**
 * The calls that have not been answered yet. Each is answered once, by its result or by the end of
 * the bundle, and has its passwords wiped before. Calls that bring a password are limited.
 */
final class Calls {

  private final Set<Call<?>> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger withPassword = new AtomicInteger();
  private volatile boolean ended;

  /**
   * Opens a call.
   *
   * @param limit how many with a password may be open
   * @param passwords what the call brings, wiped when it is answered, or here if it is refused
   * @throws AccountException if too many are open
   */
  <T> Call<T> open(int limit, byte[]... passwords) throws AccountException {
    if (passwords.length > 0 && withPassword.incrementAndGet() > limit) {
      withPassword.decrementAndGet();
      wipe(passwords);
      throw new AccountException("too many log-ins wait, try again");
    }
    Call<T> call = new Call<>(passwords);
    open.add(call);
    if (ended) {
      call.fail(end());
    }
    return call;
  }

  /**
   * Answers all calls that are open, and those to come: nothing is known of what they asked for.
   */
  void endAll() {
    ended = true;
    open.forEach(call -> call.fail(end()));
  }

  private static AccountException end() {
    return new AccountException("the host's accounts stop, try again");
  }

  private static void wipe(byte[]... passwords) {
    for (byte[] password : passwords) {
      Arrays.fill(password, (byte) 0);
    }
  }

  /** One call. */
  final class Call<T> {
    private final byte[][] passwords;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final AtomicBoolean answered = new AtomicBoolean();

    private Call(byte[]... passwords) {
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
      if (passwords.length > 0) {
        withPassword.decrementAndGet();
      }
      return true;
    }
  }
}

package slipway.bots.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the clients have got in: each says once whether its first connection was made. Safe for
 * use by any thread.
 */
public final class Entrance {

  private final AtomicInteger missing;
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private final AtomicReference<Throwable> firstFailure = new AtomicReference<>();
  private volatile boolean any;

  /** An entrance for so many clients. */
  public Entrance(int clients) {
    missing = new AtomicInteger(clients);
  }

  /** A client is in. */
  public void in() {
    any = true;
    count();
  }

  /** A client is not in, and this is why. */
  public void refused(Throwable cause) {
    firstFailure.compareAndSet(null, cause);
    count();
  }

  private void count() {
    if (missing.decrementAndGet() == 0) {
      done.complete(any);
    }
  }

  /** Completes when all have tried: whether at least one got in. */
  public CompletableFuture<Boolean> done() {
    return done;
  }

  /** Why the first of those did not get in that did not; null if all did. */
  public Throwable failure() {
    return firstFailure.get();
  }
}

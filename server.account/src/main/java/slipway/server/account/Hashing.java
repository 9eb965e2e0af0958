package slipway.server.account;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The threads on which passwords are hashed. They are started when there is something to hash, and
 * end after a while without: with them goes the memory that they hash in.
 *
 * <p>Its queue has no bound of its own: {@link Calls} are limited, and a call waits here once.
 */
final class Hashing {

  private static final int IDLE_SECONDS = 10;
  private static final int END_SECONDS = 2;

  private final ThreadLocal<Argon2> argon2;
  private final ThreadPoolExecutor threads;

  /**
   * Makes threads, none of which runs yet.
   *
   * @param argon2 makes what one thread hashes with
   * @param count how many threads
   */
  Hashing(Supplier<Argon2> argon2, int count) {
    this.argon2 = ThreadLocal.withInitial(argon2);
    AtomicLong number = new AtomicLong();
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task ->
                Thread.ofPlatform()
                    .name("slipway-account-hash-" + number.incrementAndGet())
                    .daemon()
                    .unstarted(task),
            new ThreadPoolExecutor.DiscardPolicy());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Sets how many threads there may be; those that are too many end after their work. */
  void resize(int count) {
    if (count > threads.getMaximumPoolSize()) {
      threads.setMaximumPoolSize(count);
      threads.setCorePoolSize(count);
    } else {
      threads.setCorePoolSize(count);
      threads.setMaximumPoolSize(count);
    }
  }

  /** Does work with Argon2; never completed if the threads are ended before. */
  <T> CompletableFuture<T> with(Function<Argon2, T> work) {
    return CompletableFuture.supplyAsync(() -> work.apply(argon2.get()), threads);
  }

  /** Drops what waits, and gives what is under way a moment to end. */
  void end() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}

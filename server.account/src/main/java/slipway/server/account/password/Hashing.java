package slipway.server.account.password;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import slipway.account.AccountException;
import slipway.account.Origin;

/**
 * The threads on which passwords are hashed. They are started when there is something to hash, and
 * end after a while without: with them goes the memory that they hash in.
 *
 * <p>Each thread takes what a {@link FairQueue} says is next.
 */
public final class Hashing {

  private static final int IDLE_SECONDS = 10;
  private static final int END_SECONDS = 2;

  /** The message for work that has to go. */
  static final String FULL = "too many log-ins wait, try again";

  private final ThreadLocal<Argon2> argon2;
  private final ThreadPoolExecutor threads;
  private final FairQueue queue = new FairQueue();

  /**
   * Makes threads, none of which runs yet.
   *
   * @param argon2 makes what one thread hashes with
   * @param count how many threads
   */
  public Hashing(Supplier<Argon2> argon2, int count) {
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
  public void resize(int count) {
    if (count > threads.getMaximumPoolSize()) {
      threads.setMaximumPoolSize(count);
      threads.setCorePoolSize(count);
    } else {
      threads.setCorePoolSize(count);
      threads.setMaximumPoolSize(count);
    }
  }

  /**
   * Does work with Argon2; never completed if the threads are ended before.
   *
   * @param urgency which comes first
   * @param origin where it comes from
   * @param most how much may wait and be under way; what has to go fails
   */
  public <T> CompletableFuture<T> with(
      Urgency urgency, Origin origin, int most, Function<Argon2, T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    FairQueue.Job job =
        new FairQueue.Job(
            urgency,
            origin.share(),
            () -> complete(result, work),
            () -> result.completeExceptionally(new AccountException(FULL)));
    queue.add(job, most).ifPresent(refused -> refused.refused().run());
    threads.execute(this::next);
    return result;
  }

  private <T> void complete(CompletableFuture<T> result, Function<Argon2, T> work) {
    try {
      result.complete(work.apply(argon2.get()));
    } catch (RuntimeException | Error failed) { // the waiting caller is told, and logs it
      result.completeExceptionally(failed);
    }
  }

  /** There is one for each that was added, so there may be nothing left. */
  private void next() {
    queue
        .take()
        .ifPresent(
            job -> {
              try {
                job.work().run();
              } finally {
                queue.done(job);
              }
            });
  }

  /** Drops what waits, and gives what is under way a moment to end. */
  public void end() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}

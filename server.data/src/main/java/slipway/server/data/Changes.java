package slipway.server.data;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Transactions that change something, any number at a time, and moments between them.
 *
 * <p>H2 stores one map after the other, while others are changed. What a transaction changes
 * meanwhile may be stored in part, and without the note by which it would be undone: after a kill
 * the half of a transaction stays, or a row that nobody can change any more (h2database issue
 * 2080). What is stored between transactions is whole.
 *
 * <p>Methods may be called from any thread.
 */
final class Changes {

  /** A change under way; ended in the thread in which it was begun. */
  @FunctionalInterface
  interface Change {

    /** One that nobody waits for. */
    Change UNSEEN = () -> {};

    void end();
  }

  /** How long others may be kept waiting by one that takes long. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Duration patience;

  Changes() {
    this(PATIENCE);
  }

  /**
   * Makes them.
   *
   * @param patience how long one that takes long is waited for
   */
  Changes(Duration patience) {
    this.patience = patience;
  }

  /** Begins one. Waits for a moment between changes to end, or to be given up. */
  Change begin() {
    lock.readLock().lock();
    return lock.readLock()::unlock;
  }

  /**
   * Does something while no change is under way. A change that takes too long is not waited for:
   * all others would wait with it.
   */
  void between(Runnable step) {
    boolean alone = false;
    try {
      alone = lock.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    try {
      step.run();
    } finally {
      if (alone) {
        lock.writeLock().unlock();
      }
    }
  }
}

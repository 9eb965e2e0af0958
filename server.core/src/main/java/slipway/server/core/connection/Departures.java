package slipway.server.core.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets threads wait for connections to end. Costs an event loop nothing while nobody waits. */
final class Departures {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile int waiting;

  /** A connection has ended. */
  void signal() {
    if (waiting > 0) {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Waits until the condition holds; it is looked at again after each departure.
   *
   * @param timeout how long to wait; empty for as long as it takes
   * @return whether it holds
   */
  boolean await(BooleanSupplier condition, Optional<Duration> timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waiting++;
      long left = timeout.map(Duration::toNanos).orElse(Long.MAX_VALUE);
      while (!condition.getAsBoolean() && left > 0) {
        // connections can also leave the condition by being dispatched, which nobody signals
        long pause = Math.min(left, TimeUnit.SECONDS.toNanos(1));
        left -= pause - Math.max(0, changed.awaitNanos(pause));
      }
      return condition.getAsBoolean();
    } finally {
      waiting--;
      lock.unlock();
    }
  }
}

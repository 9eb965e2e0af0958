package slipway.server.account;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import slipway.server.account.password.Argon2;
import slipway.server.account.password.BouncyArgon2;
import slipway.server.account.password.HashCost;

/** Argon2 that counts, and that a test can hold up. */
final class CountingArgon2 implements Argon2 {

  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong work = new AtomicLong();
  private final Semaphore begun = new Semaphore(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public byte[] hash(HashCost cost, byte[] salt, byte[] password, int length) {
    count.incrementAndGet();
    work.addAndGet((long) cost.memory() * cost.iterations());
    begun.release();
    try {
      gate.await();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    return new BouncyArgon2().hash(cost, salt, password, length);
  }

  /** How many hashes there were since this was asked last. */
  int count() {
    return count.getAndSet(0);
  }

  /** How many blocks of 1 KiB were gone over since this was asked last. */
  long work() {
    return work.getAndSet(0);
  }

  /** Hashes take until this is counted down. */
  CountDownLatch hold() {
    begun.drainPermits();
    gate = new CountDownLatch(1);
    return gate;
  }

  void awaitHash() throws InterruptedException {
    begun.acquire();
  }
}

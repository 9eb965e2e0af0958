package slipway.launcher;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that stands still until a test lets time pass, however long the machine takes. */
final class ManualClock implements LongSupplier {

  private final AtomicLong nanos = new AtomicLong();
  private final Semaphore looks = new Semaphore(0);

  @Override
  public long getAsLong() {
    looks.release();
    return nanos.get();
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Waits until whoever watches the clock has looked at it, and has done what follows from it. */
  void awaitLook() throws InterruptedException {
    looks.drainPermits();
    looks.acquire(2); // with the second look the first one is over
  }
}

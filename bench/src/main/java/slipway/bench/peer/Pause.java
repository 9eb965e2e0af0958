package slipway.bench.peer;

import java.util.concurrent.locks.LockSupport;

/** Lets time pass where there is nothing to wait on but another process. */
public final class Pause {

  private Pause() {}

  /** Returns after about that time, or at once if the thread has been interrupted. */
  public static void millis(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }
}

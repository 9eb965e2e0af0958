package slipway.launcher;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The pause between two looks at something in another process that sends no notice. */
final class Pause {

  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Pause() {}

  /** Waits 20 ms, or less if the thread is interrupted. */
  static void briefly() {
    LockSupport.parkNanos(NANOS);
  }
}

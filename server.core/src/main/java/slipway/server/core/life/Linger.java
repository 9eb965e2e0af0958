package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * The time that a LOADED service stays started after its last user, so that short connections do
 * not start and stop it each time. Belongs to the control thread.
 */
final class Linger {

  private final ScheduledExecutorService control;
  private final LongSupplier nanos;
  private final Runnable over;

  /** Whether somebody has left, and it is not over yet. */
  private boolean begun;

  private long since;

  /** Reports its end; null while that is not to be reported. */
  private Future<?> end;

  private long due;

  /**
   * Makes one that has not begun.
   *
   * @param over called on the control thread when it may be over
   */
  Linger(ScheduledExecutorService control, LongSupplier nanos, Runnable over) {
    this.control = control;
    this.nanos = nanos;
    this.over = over;
  }

  /** The last user has left: it begins, or begins again. */
  void begin() {
    begun = true;
    since = nanos.getAsLong();
  }

  /** Whether it lasts, with this length; if so, its end is reported. */
  boolean lasts(Duration length) {
    long now = nanos.getAsLong();
    if (!begun || now - since >= length.toNanos()) {
      begun = false;
      forgetEnd();
      return false;
    }
    tell(since + length.toNanos(), now);
    return true;
  }

  private void tell(long when, long now) {
    if (end != null && due == when) {
      return;
    }
    forgetEnd();
    due = when;
    end =
        control.schedule(
            () -> {
              end = null;
              over.run();
            },
            when - now,
            NANOSECONDS);
  }

  private void forgetEnd() {
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }
}

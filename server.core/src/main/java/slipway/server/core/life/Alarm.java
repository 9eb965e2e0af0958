package slipway.server.core.life;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/** Something that is to happen after a while, unless it is called off. Of the control thread. */
final class Alarm {

  private final ScheduledExecutorService control;

  /** Null while it is not set. */
  private Future<?> pending;

  Alarm(ScheduledExecutorService control) {
    this.control = control;
  }

  /** Whether it is set; it stays so when it has gone off, until it is called off. */
  boolean isSet() {
    return pending != null;
  }

  /** Sets it, in place of what it was set to. */
  void set(Duration after, Runnable action) {
    callOff();
    pending = control.schedule(action, after.toMillis(), MILLISECONDS);
  }

  void callOff() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }
}

package slipway.services.chat.session;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What happens to a session after some time, unless it is cancelled. In its event loop. */
final class Deadline {

  private final EventExecutor loop;

  /** Null if there is none. */
  private Future<?> timer;

  Deadline(EventExecutor loop) {
    this.loop = loop;
  }

  /** Sets it, in place of the one before. */
  void set(long time, TimeUnit unit, Runnable task) {
    cancel();
    timer = loop.schedule(task, time, unit);
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}

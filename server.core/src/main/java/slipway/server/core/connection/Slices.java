package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * Much to do in an event loop, done for a moment at a time: in between the loop serves its
 * connections.
 */
final class Slices {

  private static final long SLICE = Duration.ofMillis(1).toNanos();

  private final EventLoop loop;
  private final Iterator<Runnable> tasks;

  private Slices(EventLoop loop, List<Runnable> tasks) {
    this.loop = loop;
    this.tasks = tasks.iterator();
  }

  /** Does some tasks, in their order; may be called from any thread. */
  static void begin(EventLoop loop, List<Runnable> tasks) {
    new Slices(loop, tasks).goOn();
  }

  private void goOn() {
    loop.execute(this::slice);
  }

  private void slice() {
    long end = System.nanoTime() + SLICE;
    try {
      while (tasks.hasNext() && System.nanoTime() - end < 0) {
        tasks.next().run();
      }
    } finally { // one that fails takes nothing from the others
      if (tasks.hasNext()) {
        loop.schedule(this::goOn, 1, NANOSECONDS); // a task that is due now is done before any I/O
      }
    }
  }
}

package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Much to do in an event loop, done for a moment at a time: in between the loop serves its
 * connections.
 */
final class Slices {

  private static final long SLICE = Duration.ofMillis(1).toNanos();

  private final EventLoop loop;
  private final Iterator<Runnable> tasks;
  private final LongSupplier nanos;

  private Slices(EventLoop loop, List<Runnable> tasks, LongSupplier nanos) {
    this.loop = loop;
    this.tasks = tasks.iterator();
    this.nanos = nanos;
  }

  /** Does some tasks, one at least, in their order; may be called from any thread. */
  static void begin(EventLoop loop, List<Runnable> tasks) {
    begin(loop, tasks, System::nanoTime);
  }

  /**
   * The same for tests.
   *
   * @param nanos tells how long a slice lasts
   */
  static void begin(EventLoop loop, List<Runnable> tasks, LongSupplier nanos) {
    new Slices(loop, tasks, nanos).goOn();
  }

  private void goOn() {
    loop.execute(this::slice);
  }

  private void slice() {
    long end = nanos.getAsLong() + SLICE;
    try {
      do { // one at least: on a busy machine the slice may be over before it has begun
        tasks.next().run();
      } while (tasks.hasNext() && nanos.getAsLong() - end < 0);
    } finally { // one that fails takes nothing from the others
      if (tasks.hasNext()) {
        loop.schedule(this::goOn, 1, NANOSECONDS); // a task that is due now is done before any I/O
      }
    }
  }
}

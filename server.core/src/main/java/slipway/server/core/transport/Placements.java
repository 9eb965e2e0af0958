package slipway.server.core.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * New channels on their way to an event loop. One timer looks after all of them; it does not run
 * while none is on the way.
 *
 * <p>May be used from any thread.
 */
final class Placements {

  private final Queue<Placement> waiting = new ConcurrentLinkedQueue<>(); // the longest first
  private final AtomicBoolean looking = new AtomicBoolean();
  private final ScheduledExecutorService clock;
  private final long patience;

  /**
   * Nobody is on the way.
   *
   * @param clock where the time is waited for; offers all but the first time
   * @param patience how long a loop may let a channel wait before the next one is asked
   */
  Placements(ScheduledExecutorService clock, Duration patience) {
    this.clock = clock;
    this.patience = patience.toNanos();
  }

  /** Offers a channel until a loop takes it. */
  void begin(Placement placement) {
    placement.offer(System.nanoTime());
    watch(placement);
  }

  private void watch(Placement placement) {
    if (placement.isOpen()) {
      waiting.add(placement);
      lookIn(patience);
    }
  }

  private void lookIn(long nanos) {
    if (looking.compareAndSet(false, true)) {
      try {
        clock.schedule(this::look, nanos, NANOSECONDS);
      } catch (RejectedExecutionException ending) {
        waiting.clear(); // the host ends: no loop takes them any more
      }
    }
  }

  private void look() {
    long now = System.nanoTime();
    Placement first = waiting.peek();
    while (first != null && (!first.isOpen() || isDue(first, now))) {
      waiting.remove();
      if (first.isOpen()) {
        first.offer(now);
        watch(first);
      }
      first = waiting.peek();
    }
    looking.set(false);
    if (first != null) {
      lookIn(first.offeredAt() + patience - now);
    } else if (!waiting.isEmpty()) { // came after the look, and saw that there was one
      lookIn(patience);
    }
  }

  private boolean isDue(Placement placement, long now) {
    return now - placement.offeredAt() >= patience;
  }
}

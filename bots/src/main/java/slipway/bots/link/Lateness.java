package slipway.bots.link;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.EventLoop;
import org.HdrHistogram.Histogram;

/**
 * How late an event loop of the bots is, looked at each 10 ms. An answer that a late loop reads
 * seems late although the server was in time, so this says how far the other figures are to be
 * trusted. Confined to the event loop.
 */
final class Lateness implements Runnable {

  private static final long PERIOD_MILLIS = 10;

  private final Histogram nanos = Times.histogram();
  private long due;

  /**
   * Looks again some time after each look, and not at a fixed rate: a loop does a task once a turn,
   * so with longer turns it would be later each time.
   */
  void start(EventLoop loop) {
    waitFrom(System.nanoTime());
    var unused = loop.scheduleWithFixedDelay(this, PERIOD_MILLIS, PERIOD_MILLIS, MILLISECONDS);
  }

  private void waitFrom(long now) {
    due = now + MILLISECONDS.toNanos(PERIOD_MILLIS);
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    Times.record(nanos, now - due);
    waitFrom(now);
  }

  Histogram nanos() {
    return nanos;
  }
}

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

  void start(EventLoop loop) {
    due = System.nanoTime() + MILLISECONDS.toNanos(PERIOD_MILLIS);
    var unused = loop.scheduleAtFixedRate(this, PERIOD_MILLIS, PERIOD_MILLIS, MILLISECONDS);
  }

  @Override
  public void run() {
    Times.record(nanos, System.nanoTime() - due);
    due += MILLISECONDS.toNanos(PERIOD_MILLIS);
  }

  Histogram nanos() {
    return nanos;
  }
}

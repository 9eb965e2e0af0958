package slipway.bots.publish;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.util.concurrent.Future;
import java.util.List;
import slipway.bots.link.Loop;

/**
 * Lets the clients of one event loop publish at their rate, from the moment on when it starts: it
 * looks each 10 ms how many packets are due. Confined to the event loop.
 */
final class Pacer implements Runnable {

  private static final long PERIOD_MILLIS = 10;

  private final List<PublishClient> clients;
  private final int rate;
  private long began;
  private Future<?> ticks;
  private boolean stopped;

  Pacer(List<PublishClient> clients, int rate) {
    this.clients = clients;
    this.rate = rate;
  }

  void start(Loop loop) {
    if (!stopped) {
      began = System.nanoTime();
      ticks = loop.events().scheduleAtFixedRate(this, 0, PERIOD_MILLIS, MILLISECONDS);
    }
  }

  @Override
  public void run() {
    long due = (long) ((System.nanoTime() - began) / 1e9 * rate) + 1;
    for (PublishClient client : clients) {
      client.publish(due);
    }
  }

  void stop() {
    stopped = true;
    if (ticks != null) {
      ticks.cancel(false);
    }
  }
}

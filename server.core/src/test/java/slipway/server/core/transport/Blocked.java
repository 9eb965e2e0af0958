package slipway.server.core.transport;

import io.netty.channel.EventLoop;
import java.util.concurrent.CountDownLatch;

/** Blocks event loops, as a handler does that sleeps. */
final class Blocked {

  private Blocked() {}

  /** Returns when a loop is blocked; it goes on when it is over. */
  static void until(CountDownLatch over, EventLoop loop) throws InterruptedException {
    CountDownLatch within = new CountDownLatch(1);
    loop.execute(
        () -> {
          within.countDown();
          try {
            over.await();
          } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
          }
        });
    within.await();
  }
}

package slipway.services.admin;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a client every two seconds that its command still runs, so that it can tell a command that
 * takes long from a host that is frozen. Until it is ended.
 */
final class Heartbeat {

  private static final long SECONDS = 2;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Reply reply;

  private Heartbeat(Reply reply) {
    this.reply = reply;
  }

  static Heartbeat of(Reply reply) {
    Heartbeat beats = new Heartbeat(reply);
    Thread.ofVirtual().name("admin-heartbeat").start(beats::run);
    return beats;
  }

  private void run() {
    try {
      while (!ended.await(SECONDS, TimeUnit.SECONDS)) {
        reply.alive();
      }
    } catch (IOException | InterruptedException gone) {
      // nobody is left to be told
    }
  }

  /** One more may still come, which a client expects anywhere. */
  void end() {
    ended.countDown();
  }
}

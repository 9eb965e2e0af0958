package slipway.services.admin;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a client every two seconds, until it is ended, that its command still runs, so that the
 * client can tell a long command from a frozen host. A client that wants to know is also told what
 * the command waits for, each time that changes.
 */
final class Heartbeat {

  private static final long SECONDS = 2;

  /** The text for a command that does not say what it waits for. */
  private static final String STILL_RUNS = "the command still runs";

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Reply reply;
  private final boolean tells;
  private volatile String awaited = STILL_RUNS;

  private Heartbeat(Reply reply, boolean tells) {
    this.reply = reply;
    this.tells = tells;
  }

  /**
   * Begins to tell.
   *
   * @param tells whether the client is told what its command waits for
   */
  static Heartbeat of(Reply reply, boolean tells) {
    Heartbeat beats = new Heartbeat(reply, tells);
    OperatorThread.of("admin-heartbeat", beats::run).start();
    return beats;
  }

  /** Says what the command waits for from now on; empty for what is not to be told. */
  void waits(String what) {
    awaited = what;
  }

  private void run() {
    String last = "";
    try {
      while (!ended.await(SECONDS, TimeUnit.SECONDS)) {
        String now = awaited;
        if (tells && !now.isEmpty() && !now.equals(last)) {
          if (reply.tell(now)) {
            last = now;
          }
        } else {
          reply.alive();
        }
      }
    } catch (IOException | InterruptedException gone) {
      // there is no client to tell any more
    }
  }

  /** One more may still come, which a client expects anywhere. */
  void end() {
    ended.countDown();
  }
}

package slipway.bots.report;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import slipway.bots.link.Entrance;

/**
 * What a run hears of its clients. Safe for use by any thread, and nothing of it is used for each
 * packet.
 *
 * @param entrance whether the server has let them in
 * @param ended counts those that have ended
 * @param fault the first bad packet
 */
public record Events(Entrance entrance, CountDownLatch ended, FirstFault fault) {

  /** Nothing is heard yet. */
  public static Events of(int clients) {
    return new Events(new Entrance(clients), new CountDownLatch(clients), new FirstFault());
  }

  /** Waits until all have ended, but no longer than they may take. */
  public void awaitEnd(Duration patience) {
    try {
      var unused = ended.await(patience.toNanos(), NANOSECONDS);
    } catch (InterruptedException now) {
      Thread.currentThread().interrupt(); // what is under way is not waited for
    }
  }
}

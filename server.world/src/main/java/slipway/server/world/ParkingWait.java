package slipway.server.world;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wait of a bundle that stops until worlds are parked, so that nothing of them ends before. */
final class ParkingWait {

  private static final Logger LOG = LoggerFactory.getLogger(ParkingWait.class);

  /** Longer than a world may take to come to rest; a large one may still be being written. */
  private static final int MOST_SECONDS = 30;

  private ParkingWait() {}

  /** Waits, unless it takes too long or the thread is interrupted; not for control threads. */
  static void await(CompletableFuture<Void> ended) {
    try {
      ended.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      LOG.error("worlds are still being parked, as their service is to stop at once");
    } catch (TimeoutException late) {
      LOG.error("worlds are still being parked after {} s; it is waited no longer", MOST_SECONDS);
    } catch (ExecutionException failed) {
      LOG.error("worlds have not come to their end", failed);
    }
  }
}

package slipway.bots.report;

import java.util.concurrent.CompletableFuture;
import slipway.bots.link.Entrance;

/** Bots at work. Used by one thread, which is not theirs. */
public interface Run extends AutoCloseable {

  /** Lets the bots connect and begin. */
  void start();

  /** Whether the bots have got in. */
  Entrance entrance();

  /** Completes when all bots have tried to get in: whether at least one did. */
  default CompletableFuture<Boolean> entered() {
    return entrance().done();
  }

  /** Why a bot did not get in; null if all did. */
  default Throwable failure() {
    return entrance().failure();
  }

  /** How it stands, in a line without an end. */
  String progress();

  /**
   * Begins nothing more, waits for what is under way, closes the connections, and says what has
   * been seen.
   */
  Report finish();

  /** Ends the event loops. */
  @Override
  void close();
}

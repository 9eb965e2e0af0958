package slipway.bots.report;

import java.util.concurrent.CompletableFuture;

/** Bots at work. Used by one thread, which is not theirs. */
public interface Run extends AutoCloseable {

  /** Lets the bots connect and begin. */
  void start();

  /** Completes when all bots have tried to get in: whether at least one did. */
  CompletableFuture<Boolean> entered();

  /** Why a bot did not get in; null if all did. */
  Throwable failure();

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

package slipway.server.core.life;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Moves connections from one version of a service to another. */
@FunctionalInterface
public interface HandOver {

  /**
   * Begins to move the connections of a version to its successor; each that cannot be moved stays
   * where it is. Called on the control thread; must not block.
   *
   * @param limit time in which a connection has to be given up
   * @return completed, in any thread, when each connection has been seen to
   */
  CompletionStage<Void> begin(ActiveVersion from, Duration limit);
}

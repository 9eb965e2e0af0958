package slipway.server.core.life;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import slipway.service.Service;

/** A bundle that provides a service, as its life needs it. */
interface Provider {

  long bundleId();

  String version();

  /** The bundle's state in the framework's words. */
  String bundleState();

  /** Why it could not be resolved when that was last tried, in one line; empty if it could. */
  String unresolved();

  /**
   * Tries again to resolve the bundle, elsewhere.
   *
   * @return completed in any thread, with what {@link #unresolved} says then
   */
  CompletionStage<String> resolve();

  /** Why the start that is under way, or was last, takes time; empty if that is not known. */
  String awaited();

  /** As {@link #awaited}, to stand behind what it is the reason of. */
  default String because() {
    String what = awaited();
    return what.isEmpty() ? "" : ": " + what;
  }

  /**
   * Starts the bundle and waits, elsewhere, until it has registered its service and says that it
   * can serve.
   *
   * @param persistently whether the framework is to keep it started
   * @param deadline time after which the start is interrupted
   * @param proof whether it is to be shown that it serves, before it takes the place of another: a
   *     reference that nobody provides is not waited for, and a migration that fails counts
   * @return the service; failed with an exception whose message is the reason. Completed in any
   *     thread, and only when the bundle is no longer on its way.
   */
  CompletionStage<Service> start(boolean persistently, Duration deadline, boolean proof);

  /** Whether the service that was started last is gone, as its component is made anew. */
  default boolean hasWithdrawn() {
    return false;
  }

  /**
   * Stops the bundle; elsewhere, as it may take its time.
   *
   * @return completed in any thread when the bundle is stopped, or failed
   */
  CompletionStage<Void> stop(Duration deadline);

  /** Lets the framework keep the bundle, which is active, started. */
  void persist();
}

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

  /**
   * Starts the bundle and waits, elsewhere, until it has registered its service.
   *
   * @param persistently whether the framework is to keep it started
   * @param deadline time after which the start is interrupted
   * @return the service; failed with an exception whose message is the reason. Completed in any
   *     thread, and only when the bundle is no longer on its way.
   */
  CompletionStage<Service> start(boolean persistently, Duration deadline);

  /**
   * Stops the bundle; elsewhere, as it may take its time.
   *
   * @return completed in any thread when the bundle is stopped, or failed
   */
  CompletionStage<Void> stop(Duration deadline);

  /** Lets the framework keep the bundle, which is active, started. */
  void persist();
}

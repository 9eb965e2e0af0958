package slipway.server.core.life;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The parts that services talk to. All of them need services to begin with, so each is made known
 * when it comes, and there is none at first. May be set from any thread.
 */
final class Surroundings {

  private volatile Consumer<String> whenLocked = name -> {};
  private volatile Deployments deployments = Deployments.NONE;
  private volatile HandOver handOver = (from, limit) -> CompletableFuture.completedStage(null);

  /**
   * The listeners that are told, on the control thread, that a WAITLOCKED service has become
   * LOCKED.
   */
  void whenLocked(Consumer<String> listener) {
    whenLocked = listener;
  }

  void locked(String name) {
    whenLocked.accept(name);
  }

  /** What installs bundles, and is told what becomes of them. */
  void deployedBy(Deployments deployer) {
    deployments = deployer;
  }

  Deployments deployments() {
    return deployments;
  }

  /** What moves connections. */
  void handOverBy(HandOver mover) {
    handOver = mover;
  }

  HandOver handOver() {
    return handOver;
  }
}

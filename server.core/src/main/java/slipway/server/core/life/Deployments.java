package slipway.server.core.life;

import java.util.concurrent.CompletionStage;

/**
 * Installs and uninstalls the bundles of services; told what becomes of them. Called on the control
 * thread; must not block.
 */
public interface Deployments {

  /**
   * Whether the bundle at a location is about to be installed as a version that has not served
   * before, so that it is not known whether it does. Called in the thread that installs it.
   */
  default boolean isNew(String location) {
    return false;
  }

  /**
   * New connections go to this version now, or will once somebody asks.
   *
   * @param moved completed when those of other versions have been handed over, or have stayed
   */
  void serves(long bundleId, CompletionStage<Void> moved);

  /** This version has failed, and the one before serves. */
  void failed(long bundleId, String reason);

  /**
   * This version has failed before it has served anybody, and there is none before it. Called again
   * when it fails again. If it runs after all, the call that it serves follows.
   */
  void alone(long bundleId, String reason);

  /** This version is stopped and not needed any more: its bundle can go. */
  void released(long bundleId);

  /** Without a deployer: bundles stay where they are. */
  Deployments NONE =
      new Deployments() {
        @Override
        public void serves(long bundleId, CompletionStage<Void> moved) {}

        @Override
        public void failed(long bundleId, String reason) {}

        @Override
        public void alone(long bundleId, String reason) {}

        @Override
        public void released(long bundleId) {}
      };
}

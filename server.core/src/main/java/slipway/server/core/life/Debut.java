package slipway.server.core.life;

import slipway.admin.ServiceState;
import slipway.server.core.life.Version.Phase;

/**
 * A version that was deployed without another one that could serve if it fails. It counts as
 * serving when it has been started once, and not before. Belongs to the control thread.
 */
final class Debut {

  /** Null while there is none. */
  private Version version;

  void begin(Version first) {
    version = first;
  }

  void end() {
    version = null;
  }

  /** There is none any more unless it is the one that serves. */
  void keep(Version serving) {
    if (!isOf(serving)) {
      version = null;
    }
  }

  /** Whether a version that is to be started for nobody's sake is the one that serves. */
  boolean wants(Version serving, ServiceSettings settings) {
    return isOf(serving) && settings.trial();
  }

  boolean isOf(Version serving) {
    return version != null && version == serving;
  }

  /** Whether the one that serves counts as serving: it runs, or is not to be tried. */
  boolean isOver(Version serving, ServiceSettings settings) {
    return isOf(serving)
        && (serving.is(Phase.ACTIVE)
            || serving.is(Phase.STOPPED)
                && !serving.failure().isSet()
                && (!settings.state().admits()
                    || settings.state() == ServiceState.LOADED && !settings.trial()));
  }
}

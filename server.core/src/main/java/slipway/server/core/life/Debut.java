package slipway.server.core.life;

import slipway.admin.ServiceState;
import slipway.server.core.life.Release.Phase;

/**
 * A version that was deployed where there is none to go on serving if it fails. It is said to serve
 * when it has been started once, and not before. Belongs to the control thread.
 */
final class Debut {

  /** Null while there is none. */
  private Release release;

  void begin(Release first) {
    release = first;
  }

  void end() {
    release = null;
  }

  /** There is none any more unless it is the one that serves. */
  void keep(Release serving) {
    if (!isOf(serving)) {
      release = null;
    }
  }

  /** Whether a version that is to be started for nobody's sake is the one that serves. */
  boolean wants(Release serving, ServiceSettings settings) {
    return isOf(serving) && settings.trial();
  }

  boolean isOf(Release serving) {
    return release != null && release == serving;
  }

  /** Whether the one that serves may be said to do so: it runs, or is not to be tried. */
  boolean isOver(Release serving, ServiceSettings settings) {
    return isOf(serving)
        && (serving.is(Phase.ACTIVE)
            || serving.is(Phase.STOPPED)
                && !serving.failure().isSet()
                && (!settings.state().admits()
                    || settings.state() == ServiceState.LOADED && !settings.trial()));
  }
}

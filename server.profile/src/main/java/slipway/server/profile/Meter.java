package slipway.server.profile;

import slipway.profile.Timing;

/** What takes down the times of sections, while there is somebody who wants them. */
interface Meter {

  /** This thread begins to time a section. */
  Timing begin(HostSection section);
}

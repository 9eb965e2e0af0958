package slipway.server.profile;

import slipway.profile.Timing;

/** Takes down the times of sections in two places. */
record BothMeters(Meter first, Meter second) implements Meter {

  @Override
  public Timing begin(HostSection section) {
    Timing outer = first.begin(section);
    Timing inner = second.begin(section);
    return () -> {
      inner.close();
      outer.close();
    };
  }
}

package slipway.services.world;

import java.util.List;

/** The zones, and the names of their worlds. */
final class Zones {

  static final List<String> NAMES = List.of("meadow", "forest", "harbour");

  /** How far a zone reaches in each direction: x and y are less. */
  static final int SIZE = 1000;

  private static final String PREFIX = "zone.";

  private Zones() {}

  static String world(String zone) {
    return PREFIX + zone;
  }

  static String zone(String world) {
    return world.substring(PREFIX.length());
  }
}

package slipway.server.world;

import java.time.Instant;

/**
 * The last time that a version has taken a world over, for people. Holds nothing of the versions.
 *
 * @param from the number of the version before
 * @param to the number of the version that has taken it over
 * @param at when
 * @param bytes that the one has saved and the other has loaded; 0 if the world was made anew
 * @param saveNanos how long saving took, in which the world stood still
 * @param loadNanos how long loading took, in which the world stood still
 * @param outcome what has become of it
 */
record LastTakeover(
    String from, String to, Instant at, int bytes, long saveNanos, long loadNanos, String outcome) {

  /** The same, of which more is known. */
  LastTakeover with(String other) {
    return new LastTakeover(from, to, at, bytes, saveNanos, loadNanos, other);
  }
}

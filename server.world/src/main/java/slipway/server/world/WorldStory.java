package slipway.server.world;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has become of a world, for people. May be read by any thread. */
final class WorldStory {

  private static final Logger LOG = LoggerFactory.getLogger(WorldStory.class);

  private final String world;

  /** Null if there was none. */
  private volatile Rehearsed rehearsed;

  /** Null if there was none. Written by the world's loop. */
  private volatile LastTakeover last;

  WorldStory(String world) {
    this.world = world;
  }

  /** The last rehearsal that has passed; null if there was none. */
  Rehearsed rehearsed() {
    return rehearsed;
  }

  /** The last take-over; null if there was none. */
  LastTakeover last() {
    return last;
  }

  /** A version has rehearsed the world. */
  void rehearsed(Rehearsed passed) {
    rehearsed = passed;
  }

  /** A version has taken the world over. */
  void taken(LastTakeover takeover) {
    last = takeover;
    LOG.info(
        "world {}: {} goes on from {}: {} bytes were saved in {}, and loaded in {}",
        world,
        takeover.to(),
        takeover.from(),
        takeover.bytes(),
        Millis.text(takeover.saveNanos()),
        Millis.text(takeover.loadNanos()));
  }

  /** It is known what has become of the last take-over; nothing happens if there was none. */
  void ended(String outcome) {
    LastTakeover takeover = last;
    if (takeover != null) {
      last = takeover.with(outcome);
    }
  }
}

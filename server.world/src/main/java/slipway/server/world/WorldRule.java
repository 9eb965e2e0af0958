package slipway.server.world;

import java.time.Duration;
import java.util.Optional;
import slipway.world.Overrun;
import slipway.world.WorldSpec;

/**
 * What an operator has configured of a world; what is empty is as its service wants it.
 *
 * @param loop the number of the loop that it is in, from 1 on; 0 for any
 */
record WorldRule(
    Optional<Integer> fps,
    Optional<Integer> packetsPerFrame,
    Optional<Overrun> overrun,
    Optional<Duration> heartbeat,
    Optional<Integer> maxSessions,
    int loop) {

  /** Nothing is configured. */
  static final WorldRule NONE =
      new WorldRule(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0);

  /** The world as it is to run. */
  WorldSpec apply(WorldSpec asked) {
    return new WorldSpec(
        asked.name(),
        asked.kind(),
        fps.orElse(asked.fps()),
        packetsPerFrame.orElse(asked.packetsPerFrame()),
        overrun.orElse(asked.overrun()),
        heartbeat.orElse(asked.heartbeat()),
        maxSessions.orElse(asked.maxSessions()));
  }
}

package slipway.server.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.world.Overrun;
import slipway.world.WorldSpec;

/**
 * What an operator has configured of a world; what is empty is as its service wants it.
 *
 * @param loop the number of the loop that it is in, from 1 on; 0 for any
 * @param park whether it is parked when it ends
 */
record WorldRule(
    Optional<Integer> fps,
    Optional<Integer> packetsPerFrame,
    Optional<Overrun> overrun,
    Optional<Duration> heartbeat,
    Optional<Integer> maxSessions,
    int loop,
    boolean park) {

  /** Nothing is configured. */
  static final WorldRule NONE =
      new WorldRule(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          false);

  /** Nothing is configured except that the world is parked when it ends. */
  static final WorldRule PARKED =
      new WorldRule(
          NONE.fps(),
          NONE.packetsPerFrame(),
          NONE.overrun(),
          NONE.heartbeat(),
          NONE.maxSessions(),
          NONE.loop(),
          true);

  private static final Duration LONGEST_SILENCE = Duration.ofDays(365);
  private static final Pattern CATCH_UP = Pattern.compile("catch-up ([1-9][0-9]{0,5})");

  static WorldRule of(Settings settings) throws InvalidConfiguration {
    return new WorldRule(
        number(settings, "fps", WorldSpec.MOST_FPS),
        number(settings, "packets.per.frame", WorldSpec.MOST_PACKETS),
        overrun(settings),
        settings.text("heartbeat.timeout").isEmpty()
            ? Optional.empty()
            : Optional.of(settings.duration("heartbeat.timeout", Duration.ZERO, LONGEST_SILENCE)),
        number(settings, "max.sessions", WorldSpec.MOST_SESSIONS),
        settings.integer("loop", 0, WorldConfig.MOST_LOOPS),
        settings.flag("park"));
  }

  private static Optional<Integer> number(Settings settings, String key, int most)
      throws InvalidConfiguration {
    return Optional.of(settings.integer(key, 0, most)).filter(value -> value > 0);
  }

  private static Optional<Overrun> overrun(Settings settings) throws InvalidConfiguration {
    String text = settings.text("overrun");
    Matcher catchUp = CATCH_UP.matcher(text);
    if (catchUp.matches()) {
      return Optional.of(Overrun.catchUp(Integer.parseInt(catchUp.group(1))));
    }
    return switch (text) {
      case "" -> Optional.empty();
      case "skip" -> Optional.of(Overrun.skip());
      case "stretch" -> Optional.of(Overrun.stretch());
      default ->
          throw settings.refused(
              "overrun", "skip, stretch, or catch-up with a number, such as catch-up 5");
    };
  }

  /** The keys that are configured. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    fps.ifPresent(value -> keys.add("fps"));
    packetsPerFrame.ifPresent(value -> keys.add("packets.per.frame"));
    overrun.ifPresent(value -> keys.add("overrun"));
    heartbeat.ifPresent(value -> keys.add("heartbeat.timeout"));
    maxSessions.ifPresent(value -> keys.add("max.sessions"));
    if (loop > 0) {
      keys.add("loop");
    }
    return keys;
  }

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

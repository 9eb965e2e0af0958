package slipway.server.core.life;

import java.time.Duration;
import java.util.Optional;
import slipway.config.Durations;

/**
 * What a deploy waits for at a moment.
 *
 * @param what as the end of "it waits for …"
 * @param limit how long that may take, as it is configured; zero for what takes no time of its own
 */
public record Awaited(String what, Duration limit) {

  /** One of the service's timeouts bounds it. */
  static Awaited within(String what, String key, Duration limit) {
    return new Awaited(what + " (" + key + " = " + Durations.format(limit) + ")", limit);
  }

  /** A version's way to another phase; empty if it is on none. */
  static Optional<Awaited> of(String version, Version.Phase phase, Duration limit) {
    return switch (phase) {
      case STARTING -> Optional.of(within(version + " to start", "start.timeout", limit));
      case STOPPING -> Optional.of(within(version + " to stop", "stop.timeout", limit));
      case STOPPED, ACTIVE -> Optional.empty();
    };
  }

  /** The same, with more time than its words say: something else may come before or behind it. */
  Awaited and(Duration more) {
    return new Awaited(what, limit.plus(more));
  }
}

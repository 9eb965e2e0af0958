package slipway.server.world;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/**
 * What an operator has configured of the loops.
 *
 * @param count how many there are, 1 or more
 * @param spin for how long one may spin before a frame
 */
record LoopsRule(int count, Duration spin) {

  private static final Logger LOG = LoggerFactory.getLogger(LoopsRule.class);

  /** One for each processor except one, which is left to the event loops. */
  static LoopsRule usual() {
    return new LoopsRule(
        Math.max(1, Runtime.getRuntime().availableProcessors() - 1), Duration.ZERO);
  }

  static LoopsRule of(Settings settings) throws InvalidConfiguration {
    int count = settings.integer("loops", 0, WorldConfig.MOST_LOOPS);
    int micros = settings.integer("spin", 0, WorldsConfig.MOST_SPIN);
    return new LoopsRule(
        count == 0 ? usual().count() : count, Duration.of(micros, ChronoUnit.MICROS));
  }

  /** Reads a configuration; empty if it is refused, which the log says. */
  static Optional<LoopsRule> read(Map<String, Object> properties) {
    try {
      return Optional.of(of(Settings.of(WorldsConfig.class, properties)));
    } catch (InvalidConfiguration refused) {
      LOG.error("the loops of worlds: refused: {}", refused.getMessage());
      return Optional.empty();
    }
  }
}

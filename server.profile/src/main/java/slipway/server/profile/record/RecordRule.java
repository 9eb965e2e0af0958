package slipway.server.profile.record;

import java.time.Duration;
import java.util.Map;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/**
 * How the last minutes are recorded.
 *
 * @param on whether they are
 * @param age how old what is kept may be
 * @param size how many bytes are kept
 */
record RecordRule(boolean on, Duration age, long size) {

  private static final Duration LEAST_AGE = Duration.ofMinutes(1);
  private static final Duration MOST_AGE = Duration.ofDays(7);
  private static final long MIB = 1 << 20;

  /**
   * What is configured.
   *
   * @throws InvalidConfiguration if it is refused
   */
  static RecordRule of(Settings settings) throws InvalidConfiguration {
    return new RecordRule(
        settings.flag("record"),
        settings.duration("record.age", LEAST_AGE, MOST_AGE),
        settings.integer("record.size", ProfileConfig.LEAST_SIZE, ProfileConfig.MOST_SIZE) * MIB);
  }

  /** What holds if nothing is configured. */
  static RecordRule usual() {
    try {
      return of(Settings.of(ProfileConfig.class, Map.of()));
    } catch (InvalidConfiguration impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The size, in MiB. */
  long mebibytes() {
    return size / MIB;
  }
}

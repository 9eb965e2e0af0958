package slipway.server.core.usage;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/**
 * How much of the machine a service may use, in all its versions.
 *
 * @param cpu percent of the processors; 0 for any
 * @param heap percent of the largest heap; 0 for any
 * @param window time over which shares are taken
 * @param over what happens if it uses more
 */
public record Shares(int cpu, int heap, Duration window, Over over) {

  /** What happens to a service that uses more processor time than it may. */
  public enum Over {
    /** Operators are told. */
    WARN,

    /** They are told, and it drains and is locked. */
    LOCK
  }

  /** Keys of the configuration of a service. */
  public static final String CPU = "max.cpu.share";

  /** See {@link #CPU}. */
  public static final String HEAP = "max.heap.share";

  /** See {@link #CPU}. */
  public static final String OVER = "over";

  /** Of a service that may use what there is. */
  public static final Shares UNLIMITED = new Shares(0, 0, Duration.ofMinutes(1), Over.WARN);

  private static final int PERCENT = 100;
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * Those of a configuration.
   *
   * @throws InvalidConfiguration with the key, if one is refused
   */
  public static Shares of(Settings settings) throws InvalidConfiguration {
    return new Shares(
        settings.integer(CPU, 0, PERCENT),
        settings.integer(HEAP, 0, PERCENT),
        settings.duration("share.window", SHORTEST, LONGEST),
        over(settings));
  }

  private static Over over(Settings settings) throws InvalidConfiguration {
    String word = settings.text(OVER).toUpperCase(Locale.ROOT);
    return Arrays.stream(Over.values())
        .filter(over -> over.name().equals(word))
        .findFirst()
        .orElseThrow(() -> settings.refused(OVER, "warn or lock"));
  }

  /** Whether there is anything to measure for. */
  boolean areLimited() {
    return cpu > 0 || heap > 0;
  }

  /** Whether a service that uses too much processor time is to be locked. */
  public boolean locks() {
    return over == Over.LOCK;
  }
}

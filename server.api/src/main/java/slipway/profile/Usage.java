package slipway.profile;

import java.time.Duration;
import java.util.Map;

/**
 * What services have used since a {@link UsageRun} began; all versions of a service together.
 *
 * @param elapsed for how long it was measured
 * @param cpu processor time by service, of all processors together; a service that is not in it has
 *     used nothing worth mentioning. Never less than in an earlier one of the same run
 * @param retained bytes of the heap that each service's code has allocated since the beginning and
 *     that are still in use: an estimate from samples, some time old, and rough. Empty until there
 *     is one
 */
public record Usage(Duration elapsed, Map<String, Duration> cpu, Map<String, Long> retained) {

  /** Nothing was measured. */
  public static final Usage NONE = new Usage(Duration.ZERO, Map.of(), Map.of());

  /** Copies the maps. */
  public Usage {
    cpu = Map.copyOf(cpu);
    retained = Map.copyOf(retained);
  }
}

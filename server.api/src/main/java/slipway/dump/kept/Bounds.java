package slipway.dump.kept;

import java.util.Map;

/**
 * How much is kept in {@code var/dump}.
 *
 * @param count how many dumps at most, at least 1
 * @param bytes how much they may take; the newest is kept even if it alone takes more
 */
public record Bounds(int count, long bytes) {

  /** The key of {@code conf/host.properties} for the number of dumps. */
  public static final String COUNT = "slipway.dump.count";

  /** The key for their size in MiB. */
  public static final String SIZE = "slipway.dump.size";

  /** What holds without a configuration. */
  public static final Bounds DEFAULT = new Bounds(5, 2048L << 20);

  /**
   * Reads what is configured.
   *
   * @param properties of the framework, checked when they were read; a missing key has its default
   */
  public static Bounds of(Map<String, String> properties) {
    String count = properties.get(COUNT);
    String size = properties.get(SIZE);
    return new Bounds(
        count == null ? DEFAULT.count : Integer.parseInt(count),
        size == null ? DEFAULT.bytes : Long.parseLong(size) << 20);
  }
}

package slipway.admin;

import java.time.Instant;

/**
 * Which records of the log are asked for.
 *
 * @param count how many at most, the newest of them; 0 to {@link #MAX_COUNT}
 * @param level the least severe level
 * @param source the symbolic name of a bundle, or a logger's name or its beginning up to a dot;
 *     empty for all
 * @param since the earliest time
 */
public record LogQuery(int count, LogLevel level, String source, Instant since) {

  /** The highest count. */
  public static final int MAX_COUNT = 100_000;

  /**
   * Checks the count.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public LogQuery {
    if (count < 0 || count > MAX_COUNT) {
      throw new IllegalArgumentException("count " + count + ": allowed is 0 to " + MAX_COUNT);
    }
  }

  /** Whether a record is asked for; the count does not matter here. */
  public boolean matches(LogRecord record) {
    return record.level().isAtLeast(level)
        && !record.time().isBefore(since)
        && (source.isEmpty()
            || record.bundle().equals(source)
            || record.logger().equals(source)
            || record.logger().startsWith(source + "."));
  }
}

package slipway.admin;

import java.util.Locale;
import java.util.Optional;

/**
 * How severe a record of the log is, and from which level on a logger logs; the most severe first.
 */
public enum LogLevel {
  /** Nothing at all: only for loggers, no record has it. */
  OFF,
  /** Something failed. */
  ERROR,
  /** Something an operator should know. */
  WARN,
  /** What changes the host. */
  INFO,
  /** What helps to find a mistake. */
  DEBUG,
  /** Every step. */
  TRACE;

  /** What is allowed, for messages. */
  public static final String FORM = "OFF, ERROR, WARN, INFO, DEBUG or TRACE";

  /** Whether a record of this level is shown if those from another level on are asked for. */
  public boolean isAtLeast(LogLevel other) {
    return compareTo(other) <= 0;
  }

  /**
   * The level with this name.
   *
   * @param text a name in any case
   * @return empty if there is no such level
   */
  public static Optional<LogLevel> parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    for (LogLevel level : values()) {
      if (level.name().equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}

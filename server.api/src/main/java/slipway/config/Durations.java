package slipway.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and its unit, such as {@code 500ms}. */
public final class Durations {

  /** What is allowed, for messages. */
  public static final String FORM =
      "a whole number with ms, s, m, h or d, such as 500ms, 60s or 5m";

  private static final Pattern PATTERN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @param text a whole number and its unit; {@code 0} needs none
   * @return empty if the text is no duration
   */
  public static Optional<Duration> parse(String text) {
    String stripped = text.strip();
    if (stripped.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher matcher = PATTERN.matcher(stripped);
    return matcher.matches()
        ? Optional.of(UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  /** Writes a duration with the largest unit that gives a whole number. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
  }
}

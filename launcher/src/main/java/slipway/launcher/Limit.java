package slipway.launcher;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the host's commands take them. */
final class Limit {

  /** What is allowed, for messages. */
  static final String FORM = "a whole number with ms, s, m, h or d, such as 500ms, 60s or 5m";

  private static final Pattern PATTERN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Limit() {}

  /**
   * Reads a duration.
   *
   * @param text a whole number and its unit; {@code 0} needs none
   * @return empty if the text is no duration
   */
  static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher matcher = PATTERN.matcher(text);
    return matcher.matches()
        ? Optional.of(UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  /**
   * Reads an option's duration.
   *
   * @param option the option that it belongs to, for the message
   * @param text as for {@link #parse(String)}
   */
  static Duration parse(String option, String text) throws LaunchException {
    return parse(text)
        .orElseThrow(
            () ->
                new LaunchException(ExitCode.USAGE, option + " " + text + ": allowed is " + FORM));
  }

  /** Writes a duration as people say it, to the second. */
  static String format(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + "h " + seconds / 60 % 60 + "m";
    }
    return seconds / 86_400 + "d " + seconds / 3600 % 24 + "h";
  }
}

package slipway.launcher;

import java.time.Duration;
import slipway.config.Durations;

/** A duration that an operator gives, and how it is shown. */
final class Limit {

  private Limit() {}

  /**
   * Reads an option's duration.
   *
   * @param option the option that it belongs to, for the message
   * @param text as for {@link Durations#parse(String)}
   */
  static Duration parse(String option, String text) throws LaunchException {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new LaunchException(
                    ExitCode.USAGE, option + " " + text + ": allowed is " + Durations.FORM));
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

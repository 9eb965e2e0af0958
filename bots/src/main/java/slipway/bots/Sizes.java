package slipway.bots;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many bytes a packet carries beside what the bots need themselves.
 *
 * @param min the least number
 * @param max the highest number
 */
record Sizes(int min, int max) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:\\.\\.(\\d{1,5}))?");

  /**
   * Reads {@code MIN..MAX}, or one number for both.
   *
   * @throws IllegalArgumentException if it is something else; says what is allowed
   */
  static Sizes parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      int min = Integer.parseInt(matcher.group(1));
      int max = matcher.group(2) == null ? min : Integer.parseInt(matcher.group(2));
      if (min <= max) {
        return new Sizes(min, max);
      }
    }
    throw new IllegalArgumentException("allowed is MIN..MAX in bytes, such as 12..256");
  }

  @Override
  public String toString() {
    return min + ".." + max;
  }
}

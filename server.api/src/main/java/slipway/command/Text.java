package slipway.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values as text that a terminal may be shown. */
public final class Text {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** Longest argument that a message repeats. */
  private static final int QUOTED = 80;

  private Text() {}

  /**
   * A value for a person: in one line, times are local, and nothing in it moves the cursor.
   *
   * @param value the value; nothing is shown of null
   */
  public static String of(Object value) {
    if (value instanceof Instant time) {
      return TIME.format(time.atZone(ZoneId.systemDefault()));
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(Text::of).collect(Collectors.joining("; "));
    }
    return value == null ? "" : line(value.toString());
  }

  /** Text without control and formatting characters, which are shown as {@code ?}. */
  public static String line(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }

  /** What a user typed, as a message repeats it. */
  public static String quoted(String text) {
    String line = line(text);
    return line.isEmpty()
        ? "\"\""
        : line.length() <= QUOTED ? line : line.substring(0, QUOTED) + "…";
  }
}

package slipway.shell.commands;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import slipway.admin.Ending;
import slipway.admin.LogRecord;

/** Values as text that a terminal may be shown. */
final class Text {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** Longest argument that a message repeats. */
  private static final int QUOTED = 80;

  /** How many digits of a digest tell a person which it is. */
  private static final int SHOWN = 12;

  private Text() {}

  /**
   * A digest, of which a person is shown the beginning.
   *
   * @param hex all of its hexadecimal digits
   */
  record Digest(String hex) {
    @Override
    public String toString() {
      return hex;
    }
  }

  /** A value for a person: in one line, times are local, and nothing in it moves the cursor. */
  static String of(Object value) {
    if (value instanceof Instant time) {
      return TIME.format(time.atZone(ZoneId.systemDefault()));
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(Text::of).collect(Collectors.joining("; "));
    }
    if (value instanceof Digest digest) {
      return digest.hex().substring(0, Math.min(SHOWN, digest.hex().length()));
    }
    if (value instanceof Ending ending) {
      return "connections ended by themselves: " + ending.ended() + ", closed: " + ending.closed();
    }
    return value == null ? "" : line(value.toString());
  }

  /**
   * A record of the log: its index, its time, its level, its type and its message, and a line for
   * each line of its stack trace.
   */
  static String of(LogRecord record) {
    StringBuilder text = new StringBuilder();
    text.append(TIME.format(record.time().atZone(ZoneId.systemDefault())))
        .append(
            String.format("  %5d  %-5s  %-12s  ", record.index(), record.level(), record.type()))
        .append(line(record.message()))
        .append('\n');
    record.stack().forEach(each -> text.append("    ").append(line(each)).append('\n'));
    return text.toString();
  }

  /** Text without control and formatting characters, which are shown as {@code ?}. */
  static String line(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }

  /** What somebody typed, as a message repeats it. */
  static String quoted(String text) {
    String line = line(text);
    return line.isEmpty()
        ? "\"\""
        : line.length() <= QUOTED ? line : line.substring(0, QUOTED) + "…";
  }
}

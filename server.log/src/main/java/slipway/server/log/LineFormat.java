package slipway.server.log;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.admin.LogLevel;
import slipway.admin.LogRecord;

/**
 * A record as a line of the file, and back:
 *
 * <pre>
 *  TIME LEVEL INDEX TYPE CONNECTION LOGGER[@BUNDLE] MESSAGE[TAB STACK | STACK …]
 * </pre>
 *
 * <p>Spaces separate the fields, {@code -} stands for no connection. The message holds no control
 * character, so that the first TAB begins the stack trace, and nothing that was logged can look
 * like another line or command a terminal.
 */
final class LineFormat {

  /** Characters above which a message, or one line of a stack trace, is cut. */
  static final int MAX_TEXT = 8 * 1024;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+) ([A-Z]+) +(\\d{1,18}) (\\S+) (\\S+) ([^\\s@]+)(?:@(\\S+))? ([^\\t]*)(?:\\t(.*))?");
  private static final String NONE = "-";
  private static final String BETWEEN = " | ";

  private LineFormat() {}

  /** The line without its end. */
  static String line(LogRecord record, ZoneId zone) {
    StringBuilder line =
        new StringBuilder(160)
            .append(TIME.format(record.time().atZone(zone)))
            .append(' ')
            .append(record.level())
            .append(" ".repeat(6 - record.level().name().length()))
            .append(record.index())
            .append(' ')
            .append(record.type())
            .append(' ')
            .append(record.connection().isEmpty() ? NONE : record.connection())
            .append(' ')
            .append(record.logger());
    if (!record.bundle().isEmpty()) {
      line.append('@').append(record.bundle());
    }
    line.append(' ').append(record.message());
    if (!record.stack().isEmpty()) {
      line.append('\t').append(String.join(BETWEEN, record.stack()));
    }
    return line.toString();
  }

  /** The record of a line; empty if it is none, such as the rest of a line that a crash cut. */
  static Optional<LogRecord> record(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<LogLevel> level = LogLevel.parse(matcher.group(2));
    if (level.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LogRecord(
              Long.parseLong(matcher.group(3)),
              OffsetDateTime.parse(matcher.group(1)).toInstant(),
              level.get(),
              matcher.group(4),
              matcher.group(5).equals(NONE) ? "" : matcher.group(5),
              matcher.group(6),
              matcher.group(7) == null ? "" : matcher.group(7),
              matcher.group(8),
              matcher.group(9) == null
                  ? List.of()
                  : List.of(matcher.group(9).split(Pattern.quote(BETWEEN)))));
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }

  /**
   * Text in which nothing can end a line or move a cursor: line ends become a bar, other control
   * and formatting characters are shown by their numbers. What is too long is cut.
   */
  static String tame(String text) {
    String cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    StringBuilder tame = new StringBuilder(cut.length());
    int at = 0;
    while (at < cut.length()) {
      int character = cut.codePointAt(at);
      at += Character.charCount(character);
      if (character == '\n' || character == '\r') {
        if (at == cut.length() || (character == '\r' && cut.charAt(at) == '\n')) {
          continue; // the end of the text, or the LF behind it stands for both
        }
        tame.append(BETWEEN);
      } else if (isUnsafe(character)) {
        tame.append(String.format("\\u%04x", character));
      } else {
        tame.appendCodePoint(character);
      }
    }
    return tame.toString();
  }

  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** A name as one field of a line. */
  static String field(String name) {
    String field = tame(name).replaceAll("[\\s@]", "_");
    return field.isEmpty() ? NONE : field;
  }
}

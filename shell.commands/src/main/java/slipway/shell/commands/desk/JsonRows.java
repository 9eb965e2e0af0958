package slipway.shell.commands.desk;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import slipway.command.Column;
import slipway.command.Table;

/** Rows for a program. A key without a value is left out of its row; times are in ISO form. */
final class JsonRows {

  /** Controls beyond ASCII and formatting, which JSON allows as they are and terminals obey. */
  private static final Pattern CONTROLS = Pattern.compile("[\\x7f-\\x9f]|\\p{Cf}");

  private JsonRows() {}

  /** One array, one object a line. */
  static <T> String array(Table<T> table, List<T> rows) {
    return rows.isEmpty()
        ? "[]\n"
        : rows.stream()
            .map(row -> object(table, row))
            .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  /** One row's object on a line of its own, for output without an end. */
  static <T> String line(Table<T> table, T row) {
    return object(table, row) + "\n";
  }

  private static <T> String object(Table<T> table, T row) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      for (Column<T> column : table.columns()) {
        Object value = column.value().apply(row);
        if (value != null) {
          write(json.name(column.key()), value);
        }
      }
      json.endObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return CONTROLS.matcher(text.toString()).replaceAll(JsonRows::escaped);
  }

  private static void write(JsonWriter json, Object value) throws IOException {
    if (value instanceof Number number) {
      json.value(number);
    } else if (value instanceof Collection<?> all) {
      json.beginArray();
      for (Object each : all) {
        write(json, each);
      }
      json.endArray();
    } else {
      json.value(value.toString());
    }
  }

  private static String escaped(MatchResult control) {
    return control
        .group()
        .chars()
        .mapToObj(unit -> Matcher.quoteReplacement(String.format("\\u%04x", unit)))
        .collect(Collectors.joining());
  }
}

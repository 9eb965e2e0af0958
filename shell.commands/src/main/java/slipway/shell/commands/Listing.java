package slipway.shell.commands;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A kind of list that commands show: its columns, said once for the table and for JSON.
 *
 * @param columns the columns in their order
 */
record Listing<T>(List<Column<T>> columns) {

  /** Controls beyond ASCII and formatting, which JSON allows as they are and terminals obey. */
  private static final Pattern CONTROLS = Pattern.compile("[\\x7f-\\x9f]|\\p{Cf}");

  /**
   * A column.
   *
   * @param title its heading in the table
   * @param key its name in JSON
   * @param value its value of a row: a number, which is aligned to the right, a time, a collection,
   *     or anything that has a text; null if the row has none
   */
  record Column<T>(String title, String key, Function<T, ?> value) {

    private <S> Column<S> of(Function<S, T> row) {
      return new Column<>(title, key, row.andThen(value));
    }
  }

  /**
   * The same list of something else.
   *
   * @param row what a line shows of it
   */
  <S> Listing<S> of(Function<S, T> row) {
    return new Listing<>(columns.stream().map(column -> column.of(row)).toList());
  }

  /**
   * A table: a heading and one line a row, columns aligned and two blanks apart. A cell without a
   * value is shown as {@code -}, so that each line has the same number of fields; the last column
   * stays empty then.
   */
  String table(List<T> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::title).toList());
    rows.forEach(row -> lines.add(columns.stream().map(column -> cell(column, row)).toList()));
    StringBuilder table = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        pad(text, line.get(i), width(lines, i), isNumeric(columns.get(i), rows));
        text.append("  ");
      }
      table.append(text.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  private String cell(Column<T> column, T row) {
    String text = Text.of(column.value().apply(row));
    return text.isEmpty() && column != columns.get(columns.size() - 1) ? "-" : text;
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> length(line.get(column))).max().orElse(0);
  }

  private static <T> boolean isNumeric(Column<T> column, List<T> rows) {
    return rows.stream().map(column.value()).anyMatch(Number.class::isInstance);
  }

  private static void pad(StringBuilder line, String cell, int width, boolean right) {
    String blanks = " ".repeat(width - length(cell));
    line.append(right ? blanks : "").append(cell).append(right ? "" : blanks);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * One JSON array, one object a line. A key whose value a row does not have is left out; times are
   * in ISO form.
   */
  String json(List<T> rows) {
    return rows.isEmpty()
        ? "[]\n"
        : rows.stream().map(this::object).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  /** One row's object on a line of its own, for what has no end. */
  String jsonLine(T row) {
    return object(row) + "\n";
  }

  private String object(T row) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      for (Column<T> column : columns) {
        Object value = column.value().apply(row);
        if (value != null) {
          write(json.name(column.key()), value);
        }
      }
      json.endObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return CONTROLS.matcher(text.toString()).replaceAll(Listing::escaped);
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

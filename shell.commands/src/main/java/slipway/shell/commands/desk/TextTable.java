package slipway.shell.commands.desk;

import java.util.ArrayList;
import java.util.List;
import slipway.command.Column;
import slipway.command.Table;
import slipway.command.Text;

/**
 * Rows for a person: a heading and one line a row, columns aligned and two blanks apart. A cell
 * without a value is shown as {@code -}, so that each line has the same number of fields; the last
 * column stays empty then.
 */
final class TextTable {

  private TextTable() {}

  static <T> String of(Table<T> table, List<T> rows) {
    List<Column<T>> columns = table.columns();
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::title).toList());
    rows.forEach(row -> lines.add(cells(columns, row)));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder shown = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        pad(shown, line.get(i), width(lines, i), isNumeric(columns.get(i), rows));
        shown.append("  ");
      }
      text.append(shown.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static <T> List<String> cells(List<Column<T>> columns, T row) {
    Column<T> last = columns.get(columns.size() - 1);
    return columns.stream()
        .map(
            column -> {
              String text = Text.of(column.shown().apply(row));
              return text.isEmpty() && column != last ? "-" : text;
            })
        .toList();
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> length(line.get(column))).max().orElse(0);
  }

  private static <T> boolean isNumeric(Column<T> column, List<T> rows) {
    return rows.stream().map(column.shown()).anyMatch(Number.class::isInstance);
  }

  private static void pad(StringBuilder line, String cell, int width, boolean right) {
    String blanks = " ".repeat(width - length(cell));
    line.append(right ? blanks : "").append(cell).append(right ? "" : blanks);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}

package slipway.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, its columns as wide as their longest cell. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... header) {
    rows.add(List.of(header));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not as many cells as the header
   */
  public Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          cells.length + " cells under " + rows.getFirst().size() + " headings");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines; numbers stand right, and a bar in a cell is written so that it stays in it. */
  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    boolean[] numbers = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      numbers[column] = rows.size() > 1;
      for (int row = 0; row < rows.size(); row++) {
        String cell = cell(row, column);
        widths[column] = Math.max(Math.max(3, widths[column]), cell.length());
        numbers[column] &= row == 0 || cell.isEmpty() || cell.matches("[-+–×0-9.,%() ]+");
      }
    }
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns; column++) {
        String cell = cell(row, column);
        String padding = " ".repeat(widths[column] - cell.length());
        text.append("| ").append(numbers[column] ? padding + cell : cell + padding).append(' ');
      }
      text.append("|\n");
      for (int column = 0; row == 0 && column < columns; column++) {
        text.append("| ")
            .append("-".repeat(widths[column] - 1))
            .append(numbers[column] ? ": " : "- ");
        text.append(column == columns - 1 ? "|\n" : "");
      }
    }
    return text.toString();
  }

  private String cell(int row, int column) {
    return rows.get(row).get(column).replace("|", "\\|");
  }
}

package slipway.command;

import java.util.List;
import java.util.function.Function;

/**
 * A kind of list that commands show: its columns, said once for all forms. Scripts rely on the keys
 * and on the order of the columns.
 *
 * @param columns the columns in their order
 */
public record Table<T>(List<Column<T>> columns) {

  /** Copies the list. */
  public Table {
    columns = List.copyOf(columns);
  }

  /** A table of these columns, in this order. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array goes no further
  public static <T> Table<T> of(Column<T>... columns) {
    return new Table<>(List.of(columns));
  }

  /**
   * The same table of something else.
   *
   * @param row what a line shows of it
   */
  public <S> Table<S> from(Function<S, T> row) {
    return new Table<>(columns.stream().map(column -> column.from(row)).toList());
  }
}

package slipway.command;

import java.util.function.Function;

/**
 * A column of a {@link Table}.
 *
 * @param title its heading in the table
 * @param key its name in JSON
 * @param value its value of a row: a number, which a table aligns to the right, a time, a
 *     collection, or anything that has a text; null if the row has none
 * @param shown the part of it that a person is shown, as a value
 */
public record Column<T>(String title, String key, Function<T, ?> value, Function<T, ?> shown) {

  /** A column that shows a person what it gives a program. */
  public Column(String title, String key, Function<T, ?> value) {
    this(title, key, value, value);
  }

  <S> Column<S> from(Function<S, T> row) {
    return new Column<>(title, key, row.andThen(value), row.andThen(shown));
  }
}

package slipway.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One call of a command: by whom, from where, and where the answer goes. For the thread of the
 * call, unless a method says otherwise.
 */
@ProviderType
public interface Call {

  /** The client that has called; never null. If there is nobody to ask, its answers are empty. */
  Caller caller();

  /** The folder from which relative paths count: absolute. */
  Path directory();

  /** What stands before the command in a pipe; empty elsewhere. */
  InputStream in();

  /**
   * Where text goes, as it is: {@link Text} makes text by strangers harmless. May be used by any
   * thread.
   */
  PrintStream out();

  /**
   * Shows rows as an aligned table.
   *
   * @param table the columns
   * @param rows the lines, in their order
   */
  default <T> void show(Table<T> table, List<T> rows) {
    show(table, rows, Form.TABLE);
  }

  /**
   * Shows rows.
   *
   * @param table the columns
   * @param rows the lines, in their order
   * @param form how
   */
  <T> void show(Table<T> table, List<T> rows, Form form);

  /**
   * Says what the command waits for from now on, as {@link Caller#waits} does. May be called by any
   * thread.
   *
   * @param what the end of "COMMAND waits for …", one line; empty for a command that is meant to be
   *     silent for long
   */
  void waits(String what);
}

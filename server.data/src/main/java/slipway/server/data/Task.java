package slipway.server.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import slipway.data.DatabaseId;
import slipway.data.PlacedWork;

/**
 * Work on its way: from being asked for to its result. Everything but {@link #result} is called in
 * a database thread.
 */
final class Task<T> {

  private final PlacedWork<T> work;
  private final boolean writes;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  Task(PlacedWork<T> work, boolean writes) {
    this.work = work;
    this.writes = writes;
  }

  CompletableFuture<T> result() {
    return result;
  }

  boolean writes() {
    return writes;
  }

  /**
   * Does the work in a transaction, which is committed if it writes, and rolled back otherwise.
   *
   * @param place which database the pool leads to
   * @return what the work returns
   * @throws SQLException if the work fails, or the transaction
   */
  T run(DataSource pool, DatabaseId place) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      T value;
      try {
        value = work.run(connection, place);
        if (writes) {
          connection.commit();
        } else {
          connection.rollback();
        }
      } catch (SQLException | RuntimeException | Error failed) {
        rollback(connection, failed);
        throw failed;
      }
      return value;
    }
  }

  private static void rollback(Connection connection, Throwable failed) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      failed.addSuppressed(broken);
    }
  }
}

package slipway.server.data;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Brings what has been committed in H2 onto the disk.
 *
 * <p>{@code CHECKPOINT SYNC} alone does not: it finds nothing to do where H2's own writer has begun
 * to store the same changes, and does not wait for that writer's queue ({@code MVStore.commit} and
 * {@code FileStore.submitOrRun}, H2 2.4 and 2.5). {@code MVStore.executeFilestoreOperation} waits
 * for the queue, so it is asked to do nothing at all. The store is found through classes that H2
 * does not export, hence reflection.
 */
final class H2File {

  /** A failure of the file; {@link Failures} knows it. */
  private static final int IO_EXCEPTION = 90028;

  private final Connection connection;
  private final MVStore store;

  /**
   * Finds the store behind a connection, which keeps it open.
   *
   * @throws SQLException if this H2 is not built as the known ones are
   */
  H2File(Connection connection) throws SQLException {
    this.connection = connection;
    this.store = store(connection.unwrap(JdbcConnection.class));
  }

  private static MVStore store(JdbcConnection connection) throws SQLException {
    try {
      Object session = JdbcConnection.class.getMethod("getSession").invoke(connection);
      if (session.getClass().getSimpleName().equals("SessionRemote")) {
        return null;
      }
      Object database = session.getClass().getMethod("getDatabase").invoke(session);
      Object tables = database.getClass().getMethod("getStore").invoke(database);
      return (MVStore) tables.getClass().getMethod("getMvStore").invoke(tables);
    } catch (NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException
        | ClassCastException unknown) {
      throw new SQLException("this version of H2 hides its store: " + unknown, unknown);
    }
  }

  /**
   * Returns when all that was committed before is on the disk.
   *
   * @throws SQLException if it cannot be written
   */
  void write() throws SQLException {
    if (store == null) {
      // in a server of H2, which is somebody else's: the best that can be asked for
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT SYNC");
      }
      return;
    }
    try {
      store.commit();
      store.executeFilestoreOperation(() -> {});
      store.sync();
    } catch (MVStoreException failed) {
      throw new SQLException("H2 cannot write: " + failed.getMessage(), null, IO_EXCEPTION, failed);
    }
  }

  void close() {
    try {
      connection.close();
    } catch (SQLException alreadyBroken) {
      // it is of no use any more
    }
  }
}

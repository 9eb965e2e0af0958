package slipway.server.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.value.VersionedValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what H2 leaves undone if it opens a file that was not closed. H2 stores one map after the
 * other while they are changed (h2database issue 2080), so the file may have
 *
 * <ul>
 *   <li>values of transactions that were cut off, without the undo log by which H2 rolls them back.
 *       If a transaction of today gets the number of such a one, all who want to change the row
 *       wait for ever;
 *   <li>rows whose number the sequence of their table has not reached, so that it gives that number
 *       again.
 * </ul>
 *
 * {@link Changes} keeps the host from leaving such a file, except if a transaction takes long.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /** What is in H2's header of a file that was closed, until it is written. */
  private static final String CLOSED = "clean";

  /** Stores that need nothing more: others of this process may use them. */
  private static final Set<MVStore> DONE = Collections.newSetFromMap(new WeakHashMap<>());

  private final Connection connection;
  private final MVStore store;
  private final Method committed;

  private Recovery(Connection connection, MVStore store) throws ReflectiveOperationException {
    this.connection = connection;
    this.store = store;
    this.committed =
        MVStore.class
            .getClassLoader()
            .loadClass("org.h2.mvstore.tx.VersionedValueCommitted")
            .getDeclaredMethod("getInstance", Object.class);
    committed.setAccessible(true);
  }

  /**
   * Recovers a store, if it has just been opened and needs it. To be called before others may use
   * it; a later call waits for the first.
   *
   * @param connection one to it, which may write
   */
  static void of(Connection connection, MVStore store)
      throws SQLException, ReflectiveOperationException {
    synchronized (DONE) {
      if (DONE.add(store) && !store.getFileStore().getStoreHeader().containsKey(CLOSED)) {
        new Recovery(connection, store).run();
      }
    }
  }

  private void run() throws SQLException {
    int values = 0;
    for (String name : store.getMapNames()) {
      MVMap<Object, Object> map =
          store.getMap(DataUtils.parseHexInt(store.getMetaMap().get(DataUtils.META_NAME + name)));
      if (map != null) { // H2 has opened those of all tables and indexes
        values += rollBack(map);
      }
    }
    if (values > 0) {
      LOG.warn(
          "the database {} was not closed; values of transactions cut off, and rolled back: {}",
          store.getFileStore().getFileName(),
          values);
    }
    restartSequences();
  }

  // ---- values ----------------------------------------------------------------------------------

  private int rollBack(MVMap<Object, Object> map) {
    int found = 0;
    Cursor<Object, Object> cursor = map.cursor(null);
    while (cursor.hasNext()) {
      Object key = cursor.next();
      if (cursor.getValue() instanceof VersionedValue<?> value && value.getOperationId() != 0) {
        Object before = value.getCommittedValue();
        if (before == null) {
          map.remove(key);
        } else {
          map.put(key, committed(before));
        }
        found++;
      }
    }
    return found;
  }

  private Object committed(Object value) {
    try {
      return committed.invoke(null, value);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  // ---- sequences -------------------------------------------------------------------------------

  /**
   * A column whose values come from a sequence.
   *
   * @param table its table, quoted
   * @param column its name, quoted
   * @param next the value that is next
   */
  private record Identity(String table, String column, long next) {}

  private void restartSequences() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Identity identity : identities(statement)) {
        long last = last(statement, identity);
        if (last >= identity.next) {
          LOG.warn(
              "the database {} was not closed; the next {} of {} is {}",
              store.getFileStore().getFileName(),
              identity.column,
              identity.table,
              last + 1);
          statement.execute(
              "ALTER TABLE %s ALTER COLUMN %s RESTART WITH %d"
                  .formatted(identity.table, identity.column, last + 1));
        }
      }
    }
  }

  /** The largest value that a row has; if there is no row, less than any that is next. */
  private static long last(Statement statement, Identity identity) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT COALESCE(MAX(%s), %d) FROM %s"
                .formatted(identity.column, Long.MIN_VALUE, identity.table))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static List<Identity> identities(Statement statement) throws SQLException {
    List<Identity> found = new ArrayList<>();
    try (ResultSet columns =
        statement.executeQuery(
            "SELECT table_schema, table_name, column_name, identity_base"
                + " FROM information_schema.columns"
                + " WHERE is_identity = 'YES' AND identity_increment > 0")) {
      while (columns.next()) {
        String schema = statement.enquoteIdentifier(columns.getString(1), true);
        String table = statement.enquoteIdentifier(columns.getString(2), true);
        String column = statement.enquoteIdentifier(columns.getString(3), true);
        found.add(new Identity(schema + "." + table, column, columns.getLong(4)));
      }
    }
    return found;
  }
}

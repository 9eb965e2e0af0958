package slipway.server.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Brings what has been committed in H2 onto the disk, where it is found after a kill.
 *
 * <p>{@code CHECKPOINT SYNC} alone does not, in H2 2.4 and 2.5, for two reasons:
 *
 * <ul>
 *   <li>It finds nothing to do where H2's own writer has begun to store the same changes, and does
 *       not wait for that writer's queue. {@code MVStore.executeFilestoreOperation} does.
 *   <li>The file's header names a chunk from which the newest is found, each saying where the next
 *       will be. A chunk that went elsewhere makes H2 write the header anew, but {@code
 *       FileStore.storeBuffer} sets {@code lastChunk} after that, so that the header names the
 *       chunk before. What follows is there then, and is not found. So the header is written once
 *       more.
 * </ul>
 *
 * <p>Both are out of reach for statements, and partly for H2's API: hence reflection. {@code
 * DurabilityTest} shows what is lost without.
 */
final class H2File {

  /** H2's code of a failure of its file; {@link Failures} knows it. */
  private static final int IO_EXCEPTION = 90028;

  private static final int HEADER_BYTES = 4096;

  /** What of a header says which state of which store it is. */
  private static final List<String> STATE = List.of("created", "chunk", "version");

  private final Connection connection;
  private final MVStore store;
  private final Method writeHeader;
  private final DataFile file;

  /**
   * Finds the store behind a connection, which keeps it open.
   *
   * @throws SQLException if this H2 is not built as the known ones are
   */
  H2File(Connection connection) throws SQLException {
    this.connection = connection;
    try {
      this.store = store(connection.unwrap(JdbcConnection.class));
      this.writeHeader =
          store == null || store.getFileStore() == null || store.getFileStore().isReadOnly()
              ? null
              : writeHeader(store.getFileStore());
      this.file = store == null ? null : file(store.getFileStore());
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      throw new SQLException("this version of H2 hides its store: " + unknown, unknown);
    }
  }

  /** Null if the store is in a server of H2. */
  private static MVStore store(JdbcConnection connection) throws ReflectiveOperationException {
    Object session = JdbcConnection.class.getMethod("getSession").invoke(connection);
    if (session.getClass().getSimpleName().equals("SessionRemote")) {
      return null;
    }
    Object database = session.getClass().getMethod("getDatabase").invoke(session);
    Object tables = database.getClass().getMethod("getStore").invoke(database);
    return (MVStore) tables.getClass().getMethod("getMvStore").invoke(tables);
  }

  /** Null if the store has none, or H2 reaches it in a way of its own. */
  private static DataFile file(FileStore<?> store) throws SQLException {
    String name = store == null ? null : store.getFileName();
    return name != null && Path.of(name).isAbsolute() ? DataFile.opened(Path.of(name)) : null;
  }

  private static Method writeHeader(FileStore<?> file) throws NoSuchMethodException {
    for (Class<?> type = file.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getSimpleName().equals("RandomAccessStore")) {
        Method method = type.getDeclaredMethod("writeStoreHeader");
        method.setAccessible(true);
        return method;
      }
    }
    throw new NoSuchMethodException(file.getClass() + " is no RandomAccessStore");
  }

  /** What the system knows the file by; empty if that is nothing. */
  String key() {
    return file == null || file.key() == null ? "" : file.key().toString();
  }

  /**
   * Returns when all that was committed before is on the disk, in the file that others find.
   *
   * @throws SQLException if it cannot be written
   */
  void write() throws SQLException {
    if (store == null) {
      // somebody else's: the best that can be asked for
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT SYNC");
      }
    } else if (writeHeader != null) {
      // first, as H2 writes its header when it commits
      operate(this::check);
      attempt(store::commit);
      operate(this::writeHeader);
      attempt(store::sync);
      // it may have been deleted since, and then the disk has nothing
      operate(this::check);
    }
  }

  /**
   * Looks whether the file is still the one that was opened.
   *
   * @throws SQLException if it is not; H2 has let it go then
   */
  void look() throws SQLException {
    if (file != null) {
      operate(this::check);
    }
  }

  /** A failure on the way out of H2. */
  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Lost(SQLException why) {
      super(why);
    }
  }

  /** Does something while nobody else writes. */
  private void operate(Runnable operation) throws SQLException {
    attempt(() -> store.executeFilestoreOperation(operation));
  }

  private void attempt(Runnable operation) throws SQLException {
    try {
      operation.run();
    } catch (Lost lost) {
      letGo();
      throw (SQLException) lost.getCause();
    } catch (MVStoreException failed) {
      throw new SQLException("H2 cannot write: " + failed.getMessage(), null, IO_EXCEPTION, failed);
    }
  }

  /** Called while nobody else writes. */
  private void check() {
    if (file == null) {
      return;
    }
    try {
      file.check(store.getFileStore().size());
      if (isOverwritten()) {
        throw DataFile.overwritten(file.path());
      }
    } catch (SQLException gone) {
      throw new Lost(gone);
    }
  }

  /** Whether the file begins with another header than H2 has written last. */
  private boolean isOverwritten() {
    FileStore<?> files = store.getFileStore();
    ByteBuffer block = files.readFully(null, 0, HEADER_BYTES);
    byte[] bytes = new byte[block.remaining()];
    block.get(bytes);
    Map<String, Object> written = files.getStoreHeader();
    try {
      Map<String, String> found =
          DataUtils.parseMap(new String(bytes, StandardCharsets.ISO_8859_1).strip());
      return STATE.stream()
          .anyMatch(
              key ->
                  written.get(key) instanceof Number number
                      && number.longValue() != DataUtils.readHexLong(found, key, -1));
    } catch (MVStoreException noHeader) {
      return true;
    }
  }

  /** H2 would give its open file to all who connect, wherever that file is. */
  private void letGo() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException closed) {
      // that is what it is for
    }
  }

  /** Called while nobody else writes. A failure closes the store, as H2's own would. */
  private void writeHeader() {
    try {
      writeHeader.invoke(store.getFileStore());
    } catch (InvocationTargetException failed) {
      if (failed.getCause() instanceof MVStoreException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
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

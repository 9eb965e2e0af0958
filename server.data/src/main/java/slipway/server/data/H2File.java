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
 * <p>{@code CHECKPOINT SYNC} alone does not, in H2 2.4 and 2.5, for three reasons:
 *
 * <ul>
 *   <li>It finds nothing to do if H2's own writer has begun to store the same changes, and does not
 *       wait for that writer's queue.
 *   <li>That writer makes up a chunk while the one before waits to be stored, and then leaves that
 *       out of the list of chunks. If it is the last one that is stored, the file cannot be opened
 *       ("Chunk 3 not found", or a stack overflow). It also moves chunks over others. So it is
 *       stopped, and each chunk is stored by the thread that asks for it.
 *   <li>The file's header names a chunk from which the newest is found, each saying where the next
 *       will be. A chunk that went elsewhere makes H2 write the header again, but {@code
 *       FileStore.storeBuffer} sets {@code lastChunk} after that, so that the header names the
 *       chunk before. What follows is there then, and is not found. So the header is written once
 *       more.
 * </ul>
 *
 * <p>All are out of reach for statements, and partly for H2's API: hence reflection. {@code
 * H2FileTest} and {@code DurabilityTest} show what is lost without.
 */
final class H2File {

  /** H2's code of a failure of its file, after which the database is gone. */
  static final int IO_EXCEPTION = 90028;

  private static final int HEADER_BYTES = 4096;

  /** Blocks are rewritten while less than this of them is in use, in percent. */
  private static final int FILL_RATE = 50;

  /** How many bytes are rewritten at a look: what is left over of some 10,000 writes. */
  private static final int REWRITTEN = 4 << 20;

  /** At how many looks after a write something may be rewritten. */
  private static final int LOOKS_AFTER_WRITE = 60;

  /** What of a header says which state of which store it is. */
  private static final List<String> STATE = List.of("created", "chunk", "version");

  private final Connection connection;
  private final Changes changes;
  private final MVStore store;
  private final Method writeHeader;
  private final DataFile file;
  private int looks;

  /**
   * Finds the store behind a connection, which keeps it open.
   *
   * @param changes between which it is written
   * @throws SQLException if this H2 is not built as the known ones are
   */
  H2File(Connection connection, Changes changes) throws SQLException {
    this.connection = connection;
    this.changes = changes;
    try {
      this.store = store(connection.unwrap(JdbcConnection.class));
      this.writeHeader =
          store == null || store.getFileStore() == null || store.getFileStore().isReadOnly()
              ? null
              : writeHeader(store.getFileStore());
      this.file = store == null ? null : file(store.getFileStore());
      if (store != null) {
        H2Writer.stop(store);
      }
      if (writeHeader != null) {
        Recovery.of(connection, store);
      }
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
    looks = LOOKS_AFTER_WRITE;
    save();
  }

  private void save() throws SQLException {
    if (store == null) {
      // somebody else's: the best that can be asked for
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT SYNC");
      }
    } else if (writeHeader != null) {
      // first, as H2 writes its header when it commits
      operate(this::check);
      attempt(() -> changes.between(this::commit));
      operate(this::writeHeader);
      attempt(store::sync);
      // it may have been deleted since, and then the disk has nothing
      operate(this::check);
    }
  }

  private void commit() {
    if (store.getAutoCommitDelay() > 0) { // each new connection sets what the URL says
      try {
        H2Writer.stop(store);
      } catch (ReflectiveOperationException unknown) { // it was known when the file was opened
        throw new IllegalStateException(unknown);
      }
    }
    store.commit();
  }

  /**
   * Looks whether the file is still the one that was opened, writes what was committed without a
   * call of {@link #write}, and after a write has sparse blocks rewritten. To be called about once
   * a second.
   *
   * @throws SQLException if it is not, or cannot be written; H2 has let it go then
   */
  void look() throws SQLException {
    if (file != null) {
      operate(this::check);
    }
    if (writeHeader != null && store.hasUnsavedChanges()) {
      save();
    }
    if (looks > 0) {
      looks = rewrite() ? looks - 1 : looks / 2;
    }
  }

  /**
   * Rewrites what is in use in blocks that are mostly unused, so that their space is free after
   * H2's retention time. That overwrites nothing.
   *
   * @return whether there may be more to do
   */
  boolean rewrite() throws SQLException {
    if (writeHeader == null) {
      return false;
    }
    boolean[] rewritten = new boolean[1];
    attempt(() -> changes.between(() -> rewritten[0] = store.compact(FILL_RATE, REWRITTEN)));
    if (rewritten[0]) {
      operate(this::writeHeader);
      attempt(store::sync);
    }
    return rewritten[0];
  }

  /** A failure on the way out of H2. */
  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Lost(SQLException why) {
      super(why);
    }
  }

  /** Does something while nothing else writes. */
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

  /** Called while nothing else writes. */
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

  /** H2 would give its open file to every client that connects, wherever that file is. */
  private void letGo() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException closed) {
      // that is what it is for
    }
  }

  /** Called while nothing else writes. A failure closes the store, as H2's own would. */
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

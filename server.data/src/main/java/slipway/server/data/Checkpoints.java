package slipway.server.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;

/**
 * Makes commits of H2 durable. H2 writes behind its commits; a checkpoint writes all that has been
 * committed and waits for the disk. One serves everybody who committed before it began, so that
 * many writers share the wait.
 *
 * <p>Methods may be called from any thread. Never interrupt a thread that is inside H2: that closes
 * the file's channel, and so the database.
 */
final class Checkpoints {

  /** The state of a connection that does not exist, in the SQL standard. */
  private static final String CONNECTION_GONE = "08003";

  private final DataSource source;
  private final ExecutorService thread;
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private H2File file;

  /**
   * Makes them.
   *
   * @param source gives the connection that is kept for this, which also keeps H2 open
   */
  Checkpoints(DataSource source) {
    this.source = source;
    this.thread = Workers.of(1, "slipway-data-checkpoint-");
  }

  /** Completed, in the checkpoints' thread, once all that is committed now is on the disk. */
  CompletableFuture<Void> next() {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    boolean first;
    synchronized (this) {
      first = waiting.isEmpty();
      waiting.add(durable);
    }
    if (first) {
      try {
        thread.execute(this::serve);
      } catch (RejectedExecutionException closed) {
        fail(new SQLException("the database is closed", CONNECTION_GONE, closed));
      }
    }
    return durable;
  }

  /**
   * Waits for the next one.
   *
   * @throws SQLException if it fails
   */
  void write() throws SQLException {
    try {
      next().join();
    } catch (CompletionException failed) {
      throw (SQLException) failed.getCause();
    }
  }

  private void fail(SQLException failure) {
    take().forEach(durable -> durable.completeExceptionally(failure));
  }

  private synchronized List<CompletableFuture<Void>> take() {
    List<CompletableFuture<Void>> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  private void serve() {
    List<CompletableFuture<Void>> served = take();
    try {
      if (file == null) {
        file = open();
      }
      file.write();
    } catch (SQLException | RuntimeException failed) {
      drop();
      SQLException failure =
          failed instanceof SQLException sql
              ? sql
              : new SQLException("the checkpoint failed: " + failed, CONNECTION_GONE, failed);
      served.forEach(durable -> durable.completeExceptionally(failure));
      return;
    }
    served.forEach(durable -> durable.complete(null));
  }

  private H2File open() throws SQLException {
    Connection connection = source.getConnection();
    try {
      return new H2File(connection);
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  private void drop() {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  /** Writes what waits, and lets the connection go; returns when that has happened. */
  void close() {
    CompletableFuture<Void> closed = CompletableFuture.runAsync(this::drop, thread);
    thread.shutdown();
    closed.join();
  }
}

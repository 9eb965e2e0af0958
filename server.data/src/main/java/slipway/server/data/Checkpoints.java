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
 * committed and waits for the disk. One serves every commit that was made before it began, so that
 * many writers share the wait.
 *
 * <p>Methods may be called from any thread. Never interrupt a thread that is inside H2: that closes
 * the file's channel, and so the database.
 */
final class Checkpoints implements Durability {

  /** The state of a connection that does not exist, in the SQL standard. */
  private static final String CONNECTION_GONE = "08003";

  private final H2File file;
  private final Changes changes;
  private final ExecutorService thread = Workers.of(1, "slipway-data-checkpoint-");
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private SQLException broken;

  private Checkpoints(H2File file, Changes changes) {
    this.file = file;
    this.changes = changes;
  }

  /**
   * Begins to make them. What fails once has failed for good: H2 may have forgotten what was
   * committed, and a later success would say nothing about it.
   *
   * @param source gives the connection that is kept for this, which also keeps H2 open
   */
  static Checkpoints of(DataSource source) throws SQLException {
    Connection connection = source.getConnection();
    try {
      Changes changes = new Changes();
      return new Checkpoints(new H2File(connection, changes), changes);
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  /** What the system knows the database's file by. */
  @Override
  public String fileKey() {
    return file.key();
  }

  @Override
  public Changes.Change change() {
    return changes.begin();
  }

  /** Completed, in the checkpoints' thread, once all that is committed now is on the disk. */
  @Override
  public CompletableFuture<Void> next() {
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
  @Override
  public void write() throws SQLException {
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
      run(file::write);
    } catch (SQLException failure) {
      served.forEach(durable -> durable.completeExceptionally(failure));
      return;
    }
    served.forEach(durable -> durable.complete(null));
  }

  /** Looks whether the file is where it was; completed in the checkpoints' thread. */
  @Override
  public CompletableFuture<Void> look() {
    CompletableFuture<Void> seen = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            try {
              run(file::look);
              seen.complete(null);
            } catch (SQLException failure) {
              seen.completeExceptionally(failure);
            }
          });
    } catch (RejectedExecutionException closed) {
      seen.complete(null);
    }
    return seen;
  }

  /** Something done to the file. */
  private interface Step {
    void run() throws SQLException;
  }

  private void run(Step step) throws SQLException {
    if (broken != null) {
      throw broken;
    }
    try {
      step.run();
    } catch (SQLException failed) {
      broken = failed;
    } catch (RuntimeException failed) {
      broken = new SQLException("the checkpoint failed: " + failed, CONNECTION_GONE, failed);
    }
    if (broken != null) {
      file.close();
      throw broken;
    }
  }

  /** Writes what waits, and lets the connection go; returns when that has happened. */
  @Override
  public void close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            file.close();
            closed.complete(null);
          });
    } catch (RejectedExecutionException before) {
      closed.complete(null);
    }
    thread.shutdown();
    closed.join();
  }
}

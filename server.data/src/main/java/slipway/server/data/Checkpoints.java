package slipway.server.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Makes commits of H2 durable. H2 writes behind its commits; {@code CHECKPOINT SYNC} writes all
 * that has been committed and waits for the disk. One checkpoint serves everybody who committed
 * before it began, so that many writers share the wait.
 *
 * <p>Methods may be called from any thread. Never interrupt a thread that is inside H2: that closes
 * the file's channel, and so the database.
 */
final class Checkpoints {

  private final DataSource source;
  private final ExecutorService thread;
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private Connection connection;

  /**
   * Makes them.
   *
   * @param source gives the connection that is kept for this, which also keeps H2 open
   */
  Checkpoints(DataSource source) {
    this.source = source;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("slipway-data-checkpoint").factory());
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
      thread.execute(this::write);
    }
    return durable;
  }

  private void write() {
    List<CompletableFuture<Void>> served;
    synchronized (this) {
      served = waiting;
      waiting = new ArrayList<>();
    }
    try {
      if (connection == null) {
        connection = source.getConnection();
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT SYNC");
      }
      served.forEach(durable -> durable.complete(null));
    } catch (SQLException failed) {
      drop();
      served.forEach(durable -> durable.completeExceptionally(failed));
    }
  }

  private void drop() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException alreadyBroken) {
      // it is of no use any more
    }
    connection = null;
  }

  /** Writes what waits, and lets the connection go; returns when that has happened. */
  void close() {
    CompletableFuture<Void> closed = CompletableFuture.runAsync(this::drop, thread);
    thread.shutdown();
    closed.join();
  }
}

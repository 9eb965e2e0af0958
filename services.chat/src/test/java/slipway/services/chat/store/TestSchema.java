package slipway.services.chat.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.PlacedWork;
import slipway.data.Schema;
import slipway.data.Work;

/** The chat's tables in a database of a test, without the room that keeps it in the host. */
public final class TestSchema implements Schema {

  private static final List<String> SCRIPTS =
      List.of("/schema/chat/V1__chat.sql", "/schema/chat/V2__ignore.sql");

  private final DataSource source;
  private final Executor threads;
  private volatile String away;
  private volatile boolean losesAnswers;
  private volatile DatabaseId place = new DatabaseId("the test's");

  /**
   * Makes it; the tables are there already.
   *
   * @param threads where work is done
   */
  public TestSchema(DataSource source, Executor threads) {
    this.source = source;
    this.threads = threads;
  }

  /** Applies the scripts, as the host does before the first use. */
  public static void migrate(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String script : SCRIPTS) {
        for (String each : text(script).replaceAll("(?m)^--.*$", "").split(";")) {
          if (!each.isBlank()) {
            statement.execute(each);
          }
        }
      }
    }
  }

  private static String text(String script) {
    try (InputStream in = TestSchema.class.getResourceAsStream(script)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on the database is away, for the reason that is given; null if it is back. */
  public void away(String reason) {
    away = reason;
  }

  /** From now on what is written is committed, and nobody is told so. */
  void losesAnswers(boolean now) {
    losesAnswers = now;
  }

  /** From now on the database is taken for another one. */
  public void place(String name) {
    place = new DatabaseId(name);
  }

  @Override
  public Optional<DatabaseId> database() {
    return away == null ? Optional.of(place) : Optional.empty();
  }

  @Override
  public <T> CompletionStage<T> read(PlacedWork<T> work) {
    return run(connection -> work.run(connection, place), false);
  }

  @Override
  public <T> CompletionStage<T> write(PlacedWork<T> work) {
    return run(connection -> work.run(connection, place), true);
  }

  @Override
  public <T> CompletionStage<T> read(Work<T> work) {
    return run(work, false);
  }

  @Override
  public <T> CompletionStage<T> write(Work<T> work) {
    return run(work, true);
  }

  private <T> CompletionStage<T> run(Work<T> work, boolean writes) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      threads.execute(
          () -> {
            try {
              if (away != null) {
                throw new DatabaseAway(away);
              }
              T result = transaction(work);
              if (writes && losesAnswers) {
                throw new DatabaseAway("it went under the work");
              }
              done.complete(result);
            } catch (Exception failed) {
              done.completeExceptionally(failed);
            }
          });
    } catch (RejectedExecutionException ended) {
      done.completeExceptionally(new DatabaseAway("the test ends"));
    }
    return done;
  }

  private <T> T transaction(Work<T> work) throws Exception {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException failed) {
        connection.rollback();
        throw failed;
      }
    }
  }

  @Override
  public Optional<String> away() {
    return Optional.ofNullable(away);
  }

  @Override
  public void close() {
    // the test has its own end
  }
}

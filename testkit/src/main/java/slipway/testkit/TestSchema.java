package slipway.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.PlacedWork;
import slipway.data.Schema;
import slipway.data.Work;

/** The tables of one bundle in a {@link TestDatabase}. */
final class TestSchema implements Schema {

  private final TestDatabase database;
  private final String name;
  private final Executor threads;
  private volatile boolean closed;

  TestSchema(TestDatabase database, String name, Executor threads) {
    this.database = database;
    this.name = name;
    this.threads = threads;
  }

  @Override
  public <T> CompletionStage<T> read(Work<T> work) {
    return submit((connection, place) -> work.run(connection), false);
  }

  @Override
  public <T> CompletionStage<T> read(PlacedWork<T> work) {
    return submit(work, false);
  }

  @Override
  public <T> CompletionStage<T> write(Work<T> work) {
    return submit((connection, place) -> work.run(connection), true);
  }

  @Override
  public <T> CompletionStage<T> write(PlacedWork<T> work) {
    return submit(work, true);
  }

  private <T> CompletionStage<T> submit(PlacedWork<T> work, boolean writes) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      if (closed) {
        throw new DatabaseAway("schema " + name + " is closed");
      }
      threads.execute(
          () -> {
            try {
              done.complete(transaction(work, writes));
            } catch (Exception | Error failed) {
              done.completeExceptionally(failed);
            }
          });
    } catch (DatabaseAway | RejectedExecutionException gone) {
      done.completeExceptionally(
          gone instanceof DatabaseAway ? gone : new DatabaseAway("the test ends"));
    }
    return done.minimalCompletionStage();
  }

  private <T> T transaction(PlacedWork<T> work, boolean writes) throws Exception {
    Optional<String> away = database.away();
    if (away.isPresent()) {
      throw new DatabaseAway(away.get());
    }
    T result = answer(work, writes);
    if (writes && database.losesAnswers()) {
      throw new DatabaseAway("the database went away under the work");
    }
    return result;
  }

  private <T> T answer(PlacedWork<T> work, boolean writes) throws Exception {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      try {
        T result = work.run(connection, database.id());
        end(connection, writes);
        return result;
      } catch (SQLException | RuntimeException | Error failed) {
        connection.rollback();
        throw failed;
      }
    }
  }

  private static void end(Connection connection, boolean writes) throws SQLException {
    if (writes) {
      connection.commit();
    } else {
      connection.rollback();
    }
  }

  @Override
  public Optional<DatabaseId> database() {
    return away().isPresent() ? Optional.empty() : Optional.of(database.id());
  }

  @Override
  public Optional<String> away() {
    return closed ? Optional.of("schema " + name + " is closed") : database.away();
  }

  @Override
  public void close() {
    closed = true;
  }
}

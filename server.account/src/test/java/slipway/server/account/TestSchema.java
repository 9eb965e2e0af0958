package slipway.server.account;

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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.PlacedWork;
import slipway.data.Schema;
import slipway.data.Work;

/** The accounts' tables in a database of a test, without the room that keeps it in the host. */
final class TestSchema implements Schema {

  private static final List<String> SCRIPTS =
      List.of(
          "/schema/account/V1__accounts.sql",
          "/schema/account/V2__addresses.sql",
          "/schema/account/V3__looks.sql");

  private final DataSource source;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private volatile String away;
  private volatile boolean closed;

  TestSchema(DataSource source) {
    this.source = source;
  }

  /** Applies the scripts, as the host does before the first use. */
  static void migrate(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String script : SCRIPTS) {
        for (String each : script(script).replaceAll("(?m)^--.*$", "").split(";")) {
          if (!each.isBlank()) {
            statement.execute(each);
          }
        }
      }
    }
  }

  private static String script(String name) {
    try (InputStream in = TestSchema.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on the database is away, for the reason that is given; null if it is back. */
  void away(String reason) {
    away = reason;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public <T> CompletionStage<T> read(Work<T> work) {
    return run(work);
  }

  @Override
  public <T> CompletionStage<T> write(Work<T> work) {
    return run(work);
  }

  private <T> CompletionStage<T> run(Work<T> work) {
    if (away != null) {
      return CompletableFuture.failedStage(new DatabaseAway(away));
    }
    return CompletableFuture.supplyAsync(() -> transaction(work), threads);
  }

  private <T> T transaction(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException failed) {
        connection.rollback();
        throw failed;
      }
    } catch (SQLException failed) {
      throw new CompletionException(failed);
    }
  }

  @Override
  public <T> CompletionStage<T> read(PlacedWork<T> work) {
    return run(connection -> work.run(connection, new DatabaseId("the test's")));
  }

  @Override
  public <T> CompletionStage<T> write(PlacedWork<T> work) {
    return run(connection -> work.run(connection, new DatabaseId("the test's")));
  }

  @Override
  public Optional<DatabaseId> database() {
    return Optional.of(new DatabaseId("the test's"));
  }

  @Override
  public Optional<String> away() {
    return Optional.ofNullable(away);
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdown();
  }
}

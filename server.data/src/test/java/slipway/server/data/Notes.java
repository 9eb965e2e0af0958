package slipway.server.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the tests write and read. */
final class Notes {

  static final ClassLoader LOADER = Notes.class.getClassLoader();

  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private Notes() {}

  static int insert(Connection connection, String text) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO notes_note (text) VALUES (?)")) {
      insert.setString(1, text);
      return insert.executeUpdate();
    }
  }

  static int count(Connection connection) throws SQLException {
    return texts(connection).size();
  }

  static Set<String> texts(Connection connection) throws SQLException {
    Set<String> texts = new TreeSet<>();
    try (PreparedStatement select = connection.prepareStatement("SELECT text FROM notes_note");
        ResultSet result = select.executeQuery()) {
      while (result.next()) {
        texts.add(result.getString(1));
      }
    }
    return texts;
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Why work fails. */
  static Throwable failure(CompletionStage<?> stage) {
    try {
      await(stage);
      throw new AssertionError("the work has not failed");
    } catch (CompletionException failed) {
      return failed.getCause();
    }
  }

  /** For what a database outside of the test does in its own time. */
  static void until(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("it does not happen");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}

package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.config.Settings;
import slipway.data.Schema;

class HostDatabaseTest {

  @TempDir Path home;

  @Test
  void whatIsWrittenIsReadAfterARestartOfTheHost() throws Exception {
    HostDatabase database = open();
    try (Schema schema = database.schema("notes", getClass().getClassLoader())) {
      await(schema.write(connection -> insert(connection, "hello")));
    }
    database.close();

    HostDatabase again = open();
    try (Schema schema = again.schema("notes", getClass().getClassLoader())) {
      assertThat(await(schema.read(HostDatabaseTest::count))).isEqualTo(1);
    }
    again.close();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("var/data"))))
        .isEqualTo("rwx------");
  }

  @Test
  void whatAReadChangesIsRolledBack() throws Exception {
    HostDatabase database = open();
    try (Schema schema = database.schema("notes", getClass().getClassLoader())) {
      await(schema.read(connection -> insert(connection, "hello")));
      assertThat(await(schema.read(HostDatabaseTest::count))).isZero();
    }
    database.close();
  }

  @Test
  void workThatFailsIsRolledBackAndKeepsItsException() throws Exception {
    HostDatabase database = open();
    try (Schema schema = database.schema("notes", getClass().getClassLoader())) {
      CompletionStage<Object> failing =
          schema.write(
              connection -> {
                insert(connection, "hello");
                throw new SQLException("no", "22000");
              });
      assertThatThrownBy(() -> await(failing))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(SQLException.class)
          .hasRootCauseMessage("no");
      assertThat(await(schema.read(HostDatabaseTest::count))).isZero();
    }
    database.close();
  }

  private HostDatabase open() throws Exception {
    return new HostDatabase(home, Settings.of(DataConfig.class, Map.of()));
  }

  private static int insert(Connection connection, String text) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO notes_note (text) VALUES (?)")) {
      insert.setString(1, text);
      return insert.executeUpdate();
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM notes_note");
        ResultSet result = select.executeQuery()) {
      result.next();
      return result.getInt(1);
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}

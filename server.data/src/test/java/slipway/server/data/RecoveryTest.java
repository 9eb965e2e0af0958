package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in which a transaction is cut off so that H2 does not roll it back. */
class RecoveryTest {

  /** One of these transactions has the number of that which was cut off. */
  private static final int TRANSACTIONS = 3;

  @TempDir Path folder;

  @BeforeEach
  void aTransactionIsCutOff() throws Exception {
    try (Connection one = open("host");
        Connection other = open("host")) {
      H2File file = new H2File(open("host"), new Changes());
      execute(one, "CREATE TABLE \"a note\"(\"an id\" INT AUTO_INCREMENT PRIMARY KEY, text INT)");
      execute(one, "INSERT INTO \"a note\"(text) VALUES(10), (20), (30)");
      other.setAutoCommit(false);
      execute(other, "UPDATE \"a note\" SET text = 21 WHERE \"an id\" = 2");
      execute(other, "DELETE FROM \"a note\" WHERE \"an id\" = 3");
      execute(other, "INSERT INTO \"a note\"(text) VALUES(40)");
      file.write();
      Files.copy(file("host"), file("killed"));
      file.close();
    }
    MVStore store = new MVStore.Builder().fileName(file("killed").toString()).open();
    List<String> undone = store.getMapNames().stream().filter(RecoveryTest::isUndoLog).toList();
    assertThat(undone).isNotEmpty();
    undone.forEach(store::removeMap);
    store.commit();
    store.closeImmediately();
  }

  private static boolean isUndoLog(String map) {
    return map.startsWith("undoLog");
  }

  @Test
  void itsRowsAreAsTheyWereAndCanBeChanged() throws Exception {
    H2File file = new H2File(open("killed"), new Changes());
    List<Connection> others = new ArrayList<>();
    try (Connection connection = open("killed")) {
      execute(connection, "CREATE TABLE other(id INT)");
      for (int i = 0; i < TRANSACTIONS; i++) {
        others.add(open("killed"));
        others.getLast().setAutoCommit(false);
        execute(others.getLast(), "INSERT INTO other VALUES(" + i + ")");
      }

      assertThat(texts(connection)).containsExactly(10, 20, 30);

      execute(connection, "UPDATE \"a note\" SET text = text + 5");
      assertThat(texts(connection)).containsExactly(15, 25, 35);
    } finally {
      for (Connection other : others) {
        other.close();
      }
      file.close();
    }
  }

  @Test
  void itIsSoAfterTheNextKillToo() throws Exception {
    H2File file = new H2File(open("killed"), new Changes());
    file.write();
    Files.copy(file("killed"), file("again"));
    file.close();

    try (Connection connection = open("again")) {
      assertThat(texts(connection)).containsExactly(10, 20, 30);
    }
  }

  /** Rows can be on the disk without what their sequence has counted. */
  @Test
  void newRowsGetNumbersThatNoRowHas() throws Exception {
    try (Connection connection = open("killed")) {
      execute(connection, "INSERT INTO \"a note\" VALUES(99, 990)");
      execute(connection, "ALTER TABLE \"a note\" ALTER COLUMN \"an id\" RESTART WITH 99");
      execute(connection, "CHECKPOINT SYNC");
      execute(connection, "SHUTDOWN IMMEDIATELY");
    } catch (SQLException closed) {
      assertThat(closed.getErrorCode()).isEqualTo(90121);
    }
    H2File file = new H2File(open("killed"), new Changes());
    try (Connection connection = open("killed")) {
      execute(connection, "INSERT INTO \"a note\"(text) VALUES(1000)");

      assertThat(texts(connection)).endsWith(990, 1000);
    } finally {
      file.close();
    }
  }

  private static List<Integer> texts(Connection connection) throws SQLException {
    List<Integer> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT text FROM \"a note\" ORDER BY \"an id\"")) {
      while (rows.next()) {
        texts.add(rows.getInt(1));
      }
    }
    return texts;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection open(String name) throws Exception {
    return DriverManager.getConnection(
        DataUrl.of("jdbc:h2:" + folder.resolve(name), folder).driverText());
  }

  private Path file(String name) {
    return folder.resolve(name + ".mv.db");
  }
}

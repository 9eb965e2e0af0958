package slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.Schema;

class MemoryDatabaseTest {

  private static final ClassLoader SCRIPTS = MemoryDatabaseTest.class.getClassLoader();

  private final MemoryDatabase database = new MemoryDatabase();
  private final Schema schema = database.schema("notes", SCRIPTS);

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private static String note(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT text, author FROM notes_note")) {
      return row.next() ? row.getString(1) + " by " + row.getString(2) : null;
    }
  }

  private static Void set(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("UPDATE notes_note SET text = '" + text + "'");
      return null;
    }
  }

  private static <T> T result(CompletionStage<T> stage) {
    assertThat(stage.toCompletableFuture()).isDone();
    return stage.toCompletableFuture().join();
  }

  @Test
  void scriptsAreAppliedInTheOrderOfTheirVersionsAndOnce() {
    assertThat(result(schema.read(MemoryDatabaseTest::note))).isEqualTo("a; b by ann");
    assertThat(result(database.schema("notes", SCRIPTS).read(MemoryDatabaseTest::note)))
        .isEqualTo("a; b by ann");
  }

  @Test
  void whatIsWrittenStaysAndWhatIsReadChangesNothing() {
    result(schema.write(connection -> set(connection, "new")));
    result(schema.read(connection -> set(connection, "lost")));
    assertThat(result(schema.read(MemoryDatabaseTest::note))).isEqualTo("new by ann");
  }

  @Test
  void whatFailsIsRolledBack() {
    CompletionStage<Object> failed =
        schema.write(
            connection -> {
              set(connection, "half");
              throw new SQLException("it fails");
            });
    assertThat(failed.toCompletableFuture())
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("it fails");
    assertThat(result(schema.read(MemoryDatabaseTest::note))).isEqualTo("a; b by ann");
  }

  @Test
  void aDatabaseThatIsAwayIsToldAndComesBack() {
    database.away("it is repaired");
    assertThat(schema.away()).contains("it is repaired");
    assertThat(schema.database()).isEmpty();
    assertThatThrownBy(() -> result(schema.read(MemoryDatabaseTest::note)))
        .hasCauseInstanceOf(DatabaseAway.class)
        .hasMessageContaining("it is repaired");
    database.away(null);
    assertThat(result(schema.read(MemoryDatabaseTest::note))).isEqualTo("a; b by ann");
  }

  @Test
  void aSchemaThatIsClosedDoesNoMore() {
    schema.close();
    assertThatThrownBy(() -> result(schema.read(MemoryDatabaseTest::note)))
        .hasMessageContaining("schema notes is closed");
  }

  @Test
  void anotherDatabaseHasAnotherId() {
    DatabaseId before = result(schema.read((connection, place) -> place));
    assertThat(schema.database()).contains(before);
    database.becomesAnother();
    DatabaseId after = result(schema.write((connection, place) -> place));
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void whatIsWrittenAsTheDatabaseGoesAwayIsCommitted() {
    database.losesAnswers(true);
    assertThat(result(schema.read(MemoryDatabaseTest::note))).isEqualTo("a; b by ann");
    assertThatThrownBy(() -> result(schema.write(connection -> set(connection, "perhaps"))))
        .hasCauseInstanceOf(DatabaseAway.class)
        .hasMessageContaining("the database went away under the work");
    database.losesAnswers(false);
    assertThat(result(schema.read(MemoryDatabaseTest::note))).isEqualTo("perhaps by ann");
  }

  @Test
  void whatIsSaidOfADatabaseIsNotSaidOfTheOneBesideIt() {
    TestDatabase other = database.beside(Runnable::run);
    assertThat(other.schema("notes", SCRIPTS).database()).isEqualTo(schema.database());
    other.away("it is far");
    assertThat(schema.away()).isEmpty();
    other.away(null);
    other.becomesAnother();
    Schema there = other.schema("notes", SCRIPTS);
    assertThat(there.database()).isNotEqualTo(schema.database());
    result(there.write(connection -> set(connection, "new")));
    assertThat(result(schema.read(MemoryDatabaseTest::note))).isEqualTo("new by ann");
  }

  @Test
  void aDatabaseThatTheTestHasMadeHasTheTables() throws SQLException {
    JdbcConnectionPool pool =
        JdbcConnectionPool.create("jdbc:h2:mem:made;MODE=MariaDB;DB_CLOSE_DELAY=-1", "", "");
    TestDatabase made = new TestDatabase(pool, Runnable::run);
    assertThat(made.url()).isEqualTo("jdbc:h2:mem:made");
    assertThat(result(made.schema("notes", SCRIPTS).read(MemoryDatabaseTest::note)))
        .isEqualTo("a; b by ann");
    made.execute("SHUTDOWN");
    pool.dispose();
  }

  @Test
  void workIsDoneWhereTheTestSays() throws SQLException {
    Queue<Runnable> tasks = new ArrayDeque<>();
    try (MemoryDatabase later = new MemoryDatabase(tasks::add)) {
      CompletionStage<String> read = later.schema("notes", SCRIPTS).read(MemoryDatabaseTest::note);
      assertThat(read.toCompletableFuture()).isNotDone();
      tasks.remove().run();
      assertThat(result(read)).isEqualTo("a; b by ann");
    }
  }

  @Test
  void scriptsThatAreNotThereOrFailAreToldAtOnce() {
    assertThatThrownBy(() -> database.schema("none", SCRIPTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("schema none: there is no script schema/none/V1__what.sql");
    assertThatThrownBy(() -> database.schema("No", SCRIPTS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> database.schema("broken", SCRIPTS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("V1__broken.sql fails: ");
  }
}

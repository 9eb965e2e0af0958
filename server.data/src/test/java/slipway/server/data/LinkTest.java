package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static slipway.server.data.Notes.LOADER;
import static slipway.server.data.Notes.await;
import static slipway.server.data.Notes.failure;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.config.Settings;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.Schema;
import slipway.itest.mariadb.BadNetwork;
import slipway.itest.mariadb.MariaDb;

/** How a database is missed and found again, with a clock and pauses of the test's own. */
class LinkTest {

  private static final int TRIES = 8;

  @TempDir Path home;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  /** Runs what is due later at once, some times, and keeps the pauses. */
  private static final class Hasty extends ScheduledThreadPoolExecutor {

    private final List<Duration> pauses = new ArrayList<>();
    private final CountDownLatch tried = new CountDownLatch(TRIES);

    private Hasty() {
      super(1, new DiscardPolicy());
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      if (delay > 0 && tried.getCount() > 0) {
        pauses.add(Duration.of(delay, unit.toChronoUnit()));
        tried.countDown();
        return super.schedule(task, 0, TimeUnit.NANOSECONDS);
      }
      return super.schedule(task, delay, unit);
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsTriedWithGrowingPausesAndLoggedOnce() throws Exception {
    Hasty keeper = new Hasty();
    String url = "jdbc:mariadb://127.0.0.1:" + closedPort() + "/slipway";
    HostDatabase database = open(keeper, Map.of("url", url, "user", "a", "password", "b"));
    try (LogRecords log = new LogRecords()) {
      Schema notes = database.schema("notes", LOADER);

      assertThat(failure(notes.read(Notes::count)))
          .isInstanceOf(DatabaseAway.class)
          .hasMessage("the database " + url + " is away: ConnectException: Connection refused");
      keeper.tried.await();

      assertThat(keeper.pauses.stream().map(Duration::toSeconds))
          .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
      assertThat(log.ofTheHost())
          .containsExactly(
              "SEVERE the database "
                  + url
                  + " is away: ConnectException: Connection refused; it is tried again until it is"
                  + " back");
    } finally {
      database.close();
    }
  }

  @Test
  void aDatabaseThatIsBackIsLoggedWithTheTimeThatItWasAway() throws Exception {
    HostDatabase database = open(new Hasty(), Map.of());
    try (LogRecords log = new LogRecords()) {
      Schema notes = database.schema("notes", LOADER);
      await(notes.read(Notes::count));
      CountDownLatch away = new CountDownLatch(1);

      Throwable failure =
          failure(
              notes.read(
                  connection -> {
                    connection.createStatement().execute("SHUTDOWN IMMEDIATELY");
                    now.set(Instant.EPOCH.plusSeconds(300));
                    away.countDown();
                    return Notes.count(connection);
                  }));
      away.await();
      assertThat(failure).isInstanceOf(DatabaseAway.class);
      String back = "INFO the database jdbc:h2:file:./var/data/slipway is back after ";
      Notes.until(() -> log.ofTheHost().stream().anyMatch(record -> record.startsWith(back)));

      assertThat(await(notes.read(Notes::count))).isZero();
      assertThat(log.ofTheHost().get(log.ofTheHost().size() - 1)).startsWith(back);
    } finally {
      database.close();
    }
  }

  @Test
  void aHungServerFailsWorkInTimeAndIsFoundAgain() throws Exception {
    MariaDb server = MariaDb.server();
    try (BadNetwork network = new BadNetwork(server.port())) {
      HostDatabase database =
          open(
              new Hasty(),
              Map.of(
                  "url",
                  "jdbc:mariadb://127.0.0.1:" + network.port() + "/" + server.newDatabase(),
                  "user",
                  MariaDb.USER,
                  "password",
                  MariaDb.PASSWORD,
                  "statement.timeout",
                  "3s",
                  "connect.timeout",
                  "5s"));
      Schema notes = database.schema("notes", LOADER);
      await(notes.write(connection -> Notes.insert(connection, "before")));

      network.hang();
      assertThat(failure(notes.read(Notes::count))).isInstanceOf(DatabaseAway.class);
      assertThat(failure(notes.read(Notes::count))).isInstanceOf(DatabaseAway.class);
      network.recover();
      Notes.until(() -> notes.away().isEmpty());

      assertThat(await(notes.read(Notes::texts))).containsExactly("before");
      database.close();
    }
  }

  @Test
  void aStatementThatTakesTooLongFailsAloneOnAServerThatAnswers() throws Exception {
    MariaDb server = MariaDb.server();
    HostDatabase database =
        open(
            new Hasty(),
            Map.of(
                "url",
                server.url(server.newDatabase()),
                "user",
                MariaDb.USER,
                "password",
                MariaDb.PASSWORD,
                "statement.timeout",
                "1s"));
    Schema notes = database.schema("notes", LOADER);

    Throwable failure =
        failure(
            notes.read(
                connection -> connection.createStatement().execute("SELECT SLEEP(60) FROM DUAL")));

    assertThat(failure).isInstanceOf(SQLException.class);
    assertThat(notes.away()).isEmpty();
    database.close();
  }

  @Test
  void aWrongPasswordIsToldAndTheRightOneTakesEffect() throws Exception {
    MariaDb server = MariaDb.server();
    Map<String, String> right =
        Map.of(
            "url", server.url(server.newDatabase()),
            "user", MariaDb.USER,
            "password", MariaDb.PASSWORD);
    HostDatabase database = open(new Hasty(), Backend.with(right, "password", "guess"));
    Schema notes = database.schema("notes", LOADER);

    assertThat(failure(notes.read(Notes::count)))
        .isInstanceOf(DatabaseAway.class)
        .hasMessageContaining("Access denied")
        .hasMessageNotContaining("guess");
    database.configure(Settings.of(DataConfig.class, right));

    assertThat(await(notes.read(Notes::count))).isZero();
    database.close();
  }

  @Test
  void aLateFailureOfAConnectionFromBeforeIsNoOutageOfNow() throws Exception {
    HostDatabase database = open(new Hasty(), Map.of());
    try (LogRecords log = new LogRecords()) {
      Schema notes = database.schema("notes", LOADER);
      await(notes.read(Notes::count));
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch back = new CountDownLatch(1);
      CompletionStage<Integer> late =
          notes.write(
              connection -> {
                begun.countDown();
                awaitLatch(back);
                return Notes.insert(connection, "late");
              });
      begun.await();

      failure(notes.read(LinkTest::shutDown));
      Notes.until(() -> contains(log, " is back after "));
      back.countDown();

      assertThat(failure(late)).isInstanceOf(DatabaseAway.class);
      await(notes.write(connection -> Notes.insert(connection, "after")));
      assertThat(await(notes.read(Notes::texts))).containsExactly("after");
      assertThat(log.ofTheHost()).filteredOn(line -> line.contains(" is away: ")).hasSize(1);
      assertThat(log.ofTheHost()).filteredOn(line -> line.contains(" is back ")).hasSize(1);
    } finally {
      database.close();
    }
  }

  @Test
  void whatWasCommittedBeforeALossIsNotTakenForDurableAfterIt() throws Exception {
    DataSettings settings = DataSettings.of(Settings.of(DataConfig.class, Map.of()), home);
    Source source = new Source(settings, settings.statementTimeout(), new DataFiles());
    Checkpoints before = Checkpoints.of(source);
    before.write();
    try (Connection connection = source.getConnection()) {
      shutDown(connection);
    } catch (SQLException closed) {
      // with the database
    }
    Checkpoints after = Checkpoints.of(source);
    after.write();

    assertThatThrownBy(before::write).isInstanceOf(SQLException.class);
    assertThatThrownBy(before::write).isInstanceOf(SQLException.class);
    after.write();
    before.close();
    after.close();
  }

  @Test
  void anotherDatabaseHasAnotherIdAndOneThatWasAwayItsOwn() throws Exception {
    HostDatabase database = open(new Hasty(), Map.of());
    try (LogRecords log = new LogRecords()) {
      Schema notes = database.schema("notes", LOADER);
      DatabaseId first = await(notes.read((connection, place) -> place));
      assertThat(notes.database()).contains(first);
      failure(notes.read(LinkTest::shutDown));
      Notes.until(() -> contains(log, " is back after "));
      assertThat(LinkTest.place(notes)).isEqualTo(first);

      database.configure(Settings.of(DataConfig.class, Map.of("pool.size", "3")));
      assertThat(LinkTest.place(notes)).isEqualTo(first);
      database.configure(
          Settings.of(DataConfig.class, Map.of("url", "jdbc:h2:file:./var/data/other")));
      assertThat(LinkTest.place(notes)).isNotEqualTo(first);
      database.configure(Settings.of(DataConfig.class, Map.of()));
      assertThat(LinkTest.place(notes)).isEqualTo(first);
    } finally {
      database.close();
    }
  }

  private static DatabaseId place(Schema schema) {
    return await(schema.write((connection, place) -> place));
  }

  private static boolean contains(LogRecords log, String text) {
    return log.ofTheHost().stream().anyMatch(line -> line.contains(text));
  }

  private static boolean shutDown(Connection connection) throws SQLException {
    connection.createStatement().execute("SHUTDOWN IMMEDIATELY");
    return Notes.count(connection) == 0;
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("work must not be interrupted", interrupted);
    }
  }

  private HostDatabase open(Hasty keeper, Map<String, String> settings) throws Exception {
    List<Hasty> keepers = new ArrayList<>(List.of(keeper));
    return new HostDatabase(
        home,
        Settings.of(DataConfig.class, settings),
        () -> keepers.isEmpty() ? new Hasty() : keepers.remove(0),
        now::get);
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static slipway.server.data.Notes.LOADER;
import static slipway.server.data.Notes.await;
import static slipway.server.data.Notes.failure;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
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

  /** Runs what is due later at most a moment later. */
  private static final class Impatient extends ScheduledThreadPoolExecutor {

    private static final long LONGEST_MILLIS = 20;

    private Impatient() {
      super(1, new DiscardPolicy());
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      return super.schedule(
          task, Math.min(unit.toMillis(delay), LONGEST_MILLIS), TimeUnit.MILLISECONDS);
    }
  }

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
  void anotherReasonForWhichADatabaseIsAwayIsLoggedAsWell() throws Exception {
    MariaDb server = MariaDb.server();
    String url = server.url(server.newDatabase());
    server.stop();
    HostDatabase database =
        open(new Impatient(), Map.of("url", url, "user", "nobody", "password", "guess"));
    try (LogRecords log = new LogRecords()) {
      Schema notes = database.schema("notes", LOADER);
      assertThat(failure(notes.read(Notes::count))).hasMessageContaining("Connection refused");
      server.start();

      Notes.until(() -> log.ofTheHost().size() > 1);
      assertThat(log.ofTheHost())
          .satisfiesExactly(
              first -> assertThat(first).contains("is away: ConnectException: Connection refused"),
              other -> assertThat(other).startsWith("SEVERE the database").contains("denied"));
    } finally {
      server.start();
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
  void whatIsLargerThanTheServerTakesFailsAloneAndWhatCanBeDividedIsDivided() throws Exception {
    MariaDb server = MariaDb.server();
    server.execute("SET GLOBAL max_allowed_packet = 65536");
    HostDatabase database = open(new Hasty(), mariaDb(server, server.newDatabase()));
    try (LogRecords log = new LogRecords()) {
      Schema notes = database.schema("notes", LOADER);

      for (int size : List.of(65_000, 65_536, 70_000, 200_000, 20_000_000)) {
        Throwable failure =
            failure(notes.write(connection -> length(connection, "x".repeat(size))));
        assertThat(failure).isInstanceOf(SQLException.class);
      }
      await(notes.write(connection -> insertAll(connection, 1000)));

      int count = await(notes.read(Notes::count));
      assertThat(count).isEqualTo(1000);
      assertThat(log.ofTheHost()).noneMatch(line -> line.contains("away"));
    } finally {
      database.close();
      server.execute("SET GLOBAL max_allowed_packet = 16777216");
    }
  }

  private static int length(Connection connection, String text) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT LENGTH(?), LENGTH('" + "y".repeat(600) + "')")) {
      select.setString(1, text);
      select.execute();
      return text.length();
    }
  }

  private static int insertAll(Connection connection, int count) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO notes_note (text) VALUES (?)")) {
      for (int i = 0; i < count; i++) {
        insert.setString(1, i + "-" + "z".repeat(190));
        insert.addBatch();
      }
      return insert.executeBatch().length;
    }
  }

  @Test
  void aUserWhoMayOnlyReadIsToldOnceAndWritesAgainWithTheRight() throws Exception {
    MariaDb server = MariaDb.server();
    String name = server.newDatabase();
    HostDatabase owner = open(new Hasty(), mariaDb(server, name));
    await(owner.schema("notes", LOADER).write(connection -> Notes.insert(connection, "before")));
    owner.close();
    server.execute("CREATE OR REPLACE USER ro IDENTIFIED BY 'ro'");
    server.execute("GRANT SELECT ON " + name + ".* TO ro");
    HostDatabase database =
        open(new Hasty(), Map.of("url", server.url(name), "user", "ro", "password", "ro"));
    try (LogRecords log = new LogRecords()) {
      Schema notes = database.schema("notes", LOADER);
      for (int i = 0; i < 5; i++) {
        assertThat(failure(notes.write(connection -> Notes.insert(connection, "no"))))
            .isInstanceOf(DatabaseAway.class)
            .hasMessageContaining(" refuses changes: ");
      }
      assertThat(await(notes.read(Notes::texts))).containsExactly("before");
      assertThat(database.away()).isEmpty();

      server.execute("GRANT ALL ON " + name + ".* TO ro");
      Notes.until(() -> writes(notes));

      assertThat(log.ofTheHost()).hasSize(2);
      assertThat(log.ofTheHost().get(0))
          .startsWith("WARNING the database " + server.url(name) + " refuses changes: ");
      assertThat(log.ofTheHost().get(1))
          .startsWith(
              "INFO the database " + server.url(name) + " no longer refuses anything, " + "after");
    } finally {
      database.close();
    }
  }

  @Test
  void tablesThatAUserMayNotMakeAreMadeOnceItMay() throws Exception {
    MariaDb server = MariaDb.server();
    String name = server.newDatabase();
    server.execute("CREATE OR REPLACE USER ro IDENTIFIED BY 'ro'");
    server.execute("GRANT SELECT ON " + name + ".* TO ro");
    HostDatabase database =
        open(new Hasty(), Map.of("url", server.url(name), "user", "ro", "password", "ro"));
    try (LogRecords log = new LogRecords()) {
      Schema notes = database.schema("notes", LOADER);
      assertThat(failure(notes.read(Notes::count)))
          .isInstanceOf(DatabaseAway.class)
          .hasMessageContaining(" refuses changes: ");

      server.execute("GRANT ALL ON " + name + ".* TO ro");
      Notes.until(() -> writes(notes));

      assertThat(log.ofTheHost()).filteredOn(line -> line.startsWith("WARNING")).hasSize(1);
      assertThat(log.ofTheHost()).noneMatch(line -> line.startsWith("SEVERE"));
    } finally {
      database.close();
    }
  }

  private static boolean writes(Schema notes) {
    CompletableFuture<Integer> written =
        notes.write(connection -> Notes.insert(connection, "again")).toCompletableFuture();
    try {
      return written.join() == 1;
    } catch (CompletionException refused) {
      return false;
    }
  }

  private static Map<String, String> mariaDb(MariaDb server, String name) {
    return Map.of("url", server.url(name), "user", MariaDb.USER, "password", MariaDb.PASSWORD);
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

  @Test
  void aPasswordFileThatOthersMayReadIsWarnedOf() throws Exception {
    Path file = Files.writeString(home.resolve("password"), "hidden");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Map<String, String> settings = Map.of("url", "jdbc:h2:mem:", "password.file", file.toString());
    try (LogRecords log = new LogRecords()) {
      open(new Hasty(), settings).close();
      assertThat(log.ofTheHost())
          .containsExactly(
              "WARNING %1$s holds a password, and others than the host's user may read it: chmod 600 %1$s"
                  .formatted(file));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      open(new Hasty(), settings).close();
      assertThat(log.ofTheHost()).hasSize(1);
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

  private HostDatabase open(ScheduledExecutorService keeper, Map<String, String> settings)
      throws Exception {
    List<ScheduledExecutorService> keepers = new ArrayList<>(List.of(keeper));
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

package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.server.data.Notes.LOADER;
import static slipway.server.data.Notes.await;
import static slipway.server.data.Notes.failure;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.config.Settings;
import slipway.data.DatabaseAway;
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

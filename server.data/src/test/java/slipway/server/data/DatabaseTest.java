package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static slipway.server.data.Backend.with;
import static slipway.server.data.Notes.LOADER;
import static slipway.server.data.Notes.await;
import static slipway.server.data.Notes.failure;
import static slipway.server.data.Notes.insert;
import static slipway.server.data.Notes.until;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.data.DatabaseAway;
import slipway.data.Schema;
import slipway.data.Work;
import slipway.meter.Distribution;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** What the host promises, on each database. */
@ParameterizedClass
@EnumSource
class DatabaseTest {

  private final Backend backend;
  private final List<HostDatabase> opened = new ArrayList<>();

  @TempDir Path home;
  private Map<String, String> settings;
  private LogRecords log;

  DatabaseTest(Backend backend) {
    this.backend = backend;
  }

  @BeforeEach
  void makeDatabase() throws Exception {
    settings = backend.newDatabase(home);
    log = new LogRecords();
  }

  @AfterEach
  void closeAll() {
    opened.forEach(HostDatabase::close);
    log.close();
  }

  @Test
  void whatIsWrittenIsThereAfterARestartOfTheHost() throws Exception {
    HostDatabase database = open(settings);
    await(notes(database).write(connection -> insert(connection, "hello")));
    database.close();

    assertThat(await(notes(open(settings)).read(Notes::texts))).containsExactly("hello");
  }

  @Test
  void whatAReadChangesIsRolledBack() throws Exception {
    Schema notes = notes(open(settings));

    await(notes.read(connection -> insert(connection, "hello")));

    assertThat(await(notes.read(Notes::count))).isZero();
  }

  @Test
  void workThatFailsIsRolledBackAndKeepsItsException() throws Exception {
    Schema notes = notes(open(settings));
    SQLException thrown = new SQLException("no", "22000");

    CompletionStage<Object> failing =
        notes.write(
            connection -> {
              insert(connection, "hello");
              throw thrown;
            });

    assertThat(failure(failing)).isSameAs(thrown);
    assertThat(await(notes.read(Notes::count))).isZero();
    assertThat(notes.away()).isEmpty();
  }

  @Test
  void transactionsAreCounted() throws Exception {
    HostDatabase database = open(settings);
    Schema notes = notes(database);
    await(notes.write(connection -> insert(connection, "hello")));
    await(notes.read(Notes::count));
    failure(notes.read(connection -> connection.createStatement().execute("SELEKT 1")));
    Map<String, Object> told = new HashMap<>();
    Readings readings =
        (Readings)
            Proxy.newProxyInstance(
                Readings.class.getClassLoader(),
                new Class<?>[] {Readings.class},
                (proxy, method, arguments) ->
                    told.put(
                        ((Metric) arguments[0]).name() + List.of((String[]) arguments[2]),
                        arguments[1] instanceof Distribution values
                            ? values.count()
                            : arguments[1]));
    database.meter().read(readings);
    assertThat(told)
        .containsEntry("slipway_database_up[]", 1.0)
        .containsEntry("slipway_database_transaction_seconds[write, done]", 1L)
        .containsEntry("slipway_database_transaction_seconds[read, done]", 1L)
        .containsEntry("slipway_database_transaction_seconds[read, failed]", 1L)
        .containsEntry("slipway_database_transaction_seconds[write, failed]", 0L);
  }

  @Test
  void aWrongStatementIsNotTakenForADatabaseThatIsAway() throws Exception {
    Schema notes = notes(open(settings));

    CompletionStage<Boolean> failing =
        notes.read(connection -> connection.createStatement().execute("SELEKT 1"));

    assertThat(failure(failing)).isInstanceOf(SQLException.class);
    assertThat(notes.away()).isEmpty();
  }

  @Test
  void runtimeExceptionsOfWorkReachWhoAskedForIt() throws Exception {
    Schema notes = notes(open(settings));

    CompletionStage<Object> failing =
        notes.read(
            connection -> {
              throw new IllegalStateException("a bug");
            });

    assertThat(failure(failing)).isInstanceOf(IllegalStateException.class).hasMessage("a bug");
    assertThat(await(notes.read(Notes::count))).isZero();
  }

  @Test
  void whatIsTooMuchFailsAtOnceAndWhatWaitsIsDone() throws Exception {
    Schema notes = notes(open(with(settings, "pool.size", "1", "queue.limit", "2")));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletionStage<Integer> working = notes.write(blocking(begun, goOn, "first"));
    begun.await();
    CompletionStage<Integer> second = notes.write(connection -> insert(connection, "second"));
    CompletionStage<Integer> third = notes.write(connection -> insert(connection, "third"));

    CompletableFuture<Integer> fourth =
        notes.write(connection -> insert(connection, "fourth")).toCompletableFuture();

    assertThat(fourth).isCompletedExceptionally();
    assertThat(failure(fourth))
        .isInstanceOf(DatabaseAway.class)
        .hasMessage("too much waits for the database: queue.limit = 2");
    goOn.countDown();
    await(working);
    await(second);
    await(third);
    assertThat(await(notes.read(Notes::texts))).containsExactly("first", "second", "third");
  }

  @Test
  void scriptsAreAppliedOnceAndInTheirOrder() throws Exception {
    HostDatabase database = open(settings);
    await(notes(database).read(Notes::count));
    database.close();
    await(notes(open(settings)).read(Notes::count));

    assertThat(log.ofTheHost())
        .containsExactly(
            "INFO schema notes: applying V1__notes.sql",
            "INFO schema notes: applying V2__authors.sql");
  }

  @Test
  void hostsThatStartAtOnceApplyEachScriptOnce() throws Exception {
    Schema one = notes(open(settings));
    Schema other = notes(open(settings));

    await(one.write(connection -> insert(connection, "one")));
    await(other.write(connection -> insert(connection, "other")));

    assertThat(await(one.read(Notes::texts))).containsExactly("one", "other");
    assertThat(log.ofTheHost()).hasSize(2);
  }

  @Test
  void aScriptThatFailsIsNamedAndKeepsItsSchemaAwayAlone() throws Exception {
    HostDatabase database = open(settings);
    Schema broken = database.schema("broken", LOADER);

    Throwable failure = failure(broken.read(connection -> 1));

    assertThat(failure)
        .isInstanceOf(DatabaseAway.class)
        .hasMessageStartingWith("schema broken: a migration failed: V2__two.sql: ")
        .hasMessageContaining("TABEL");
    assertThat(broken.away()).contains(failure.getMessage());
    assertThat(database.away()).isEmpty();
    assertThat(await(notes(database).read(Notes::count))).isZero();
    assertThat(log.ofTheHost().stream().filter(line -> line.startsWith("SEVERE")))
        .containsExactly("SEVERE " + failure.getMessage());
  }

  @Test
  void itIsKnownOfABundleHowItsMigrationsHaveGone() throws Exception {
    HostDatabase database = open(settings);
    await(database.settled(HostDatabase.NO_BUNDLE));
    notes(database);
    await(database.settled(HostDatabase.NO_BUNDLE));

    Schema broken = database.schema("broken", LOADER);

    assertThat(failure(database.settled(HostDatabase.NO_BUNDLE)))
        .hasMessageStartingWith("schema broken: a migration failed: V2__two.sql: ");
    await(database.settled(17));
    broken.close();
    await(database.settled(HostDatabase.NO_BUNDLE));
  }

  @Test
  void aDatabaseThatIsAwayIsNoMigrationThatFails() throws Exception {
    Map<String, String> nowhere =
        with(settings, "url", "jdbc:mariadb://127.0.0.1:1/nothing", "connect.timeout", "250ms");
    HostDatabase database = open(nowhere);
    Schema notes = notes(database);

    await(database.settled(HostDatabase.NO_BUNDLE));

    until(() -> notes.away().isPresent());
  }

  @Test
  void aScriptThatFailedIsTriedAgainWhenItsBundleComesBack() throws Exception {
    HostDatabase database = open(settings);
    Schema broken = database.schema("mended", scripts("mended", "CREATE TABEL mended_a (id INT);"));
    failure(broken.read(connection -> 1));
    broken.close();

    Schema mended = database.schema("mended", scripts("mended", "CREATE TABLE mended_a (id INT);"));

    assertThat(Notes.<String>await(mended.read(connection -> "done"))).isEqualTo("done");
  }

  @Test
  void anAppliedScriptThatWasChangedIsRefused() throws Exception {
    HostDatabase database = open(settings);
    Schema first = database.schema("twice", scripts("twice", "CREATE TABLE twice_a (id INT);"));
    await(first.read(connection -> 1));
    first.close();

    Schema second = database.schema("twice", scripts("twice", "CREATE TABLE twice_a (id BIGINT);"));

    assertThat(failure(second.read(connection -> 1)))
        .hasMessageContaining("Checksum mismatch on migration V1__a.sql");
  }

  @Test
  void anOlderVersionUsesTheTablesOfANewerOne() throws Exception {
    HostDatabase database = open(settings);
    Schema newer =
        database.schema(
            "rolled",
            scripts(
                "rolled", "CREATE TABLE rolled_a (id INT);", "CREATE TABLE rolled_b (id INT);"));
    await(newer.read(connection -> 1));
    newer.close();

    Schema older = database.schema("rolled", scripts("rolled", "CREATE TABLE rolled_a (id INT);"));

    assertThat(Notes.<String>await(older.read(connection -> "done"))).isEqualTo("done");
    assertThat(log.ofTheHost())
        .contains(
            "WARNING schema rolled: the database has migrations that this version does not know: 2;"
                + " it is used as it is");
  }

  @Test
  void aDatabaseThatGoesAwayUnderLoadComesBack() throws Exception {
    HostDatabase database = open(settings);
    Schema notes = notes(database);
    Set<String> acknowledged = new ConcurrentSkipListSet<>();
    AtomicBoolean enough = new AtomicBoolean();
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      String name = "w" + writer + "-";
      writers.add(Thread.ofVirtual().start(() -> write(notes, name, acknowledged, enough)));
    }
    until(() -> acknowledged.size() > 20);

    backend.takeAway(home, notes);
    until(() -> database.away().isPresent());
    String why = database.away().orElseThrow();
    assertThat(why).startsWith("the database " + database.url() + " is away: ");
    until(() -> notes.read(Notes::count).toCompletableFuture().isCompletedExceptionally());
    int before = acknowledged.size();
    backend.bringBack(home);
    until(() -> acknowledged.size() > before + 20);
    enough.set(true);
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(await(notes.read(Notes::texts))).containsAll(acknowledged);
    assertThat(log.ofTheHost().stream().filter(line -> line.contains(" is away: "))).hasSize(1);
    assertThat(log.ofTheHost().stream().filter(line -> line.contains(" is back after ")))
        .hasSize(1);
  }

  private static void write(
      Schema notes, String name, Set<String> acknowledged, AtomicBoolean enough) {
    for (int i = 0; !enough.get(); i++) {
      String text = name + i;
      try {
        await(notes.write(connection -> insert(connection, text)));
        acknowledged.add(text);
      } catch (RuntimeException away) {
        Thread.yield();
      }
    }
  }

  @Test
  void aHostThatStartsWithoutItsDatabaseUsesItOnceItIsThere() throws Exception {
    Schema first = notes(open(settings));
    await(first.write(connection -> insert(connection, "hello")));
    backend.takeAway(home, first);
    HostDatabase database = open(settings);
    Schema notes = notes(database);

    assertThat(failure(notes.read(Notes::count))).isInstanceOf(DatabaseAway.class);
    assertThat(notes.away()).isPresent();
    backend.bringBack(home);
    until(() -> notes.away().isEmpty());

    assertThat(await(notes.read(Notes::texts))).containsExactly("hello");
  }

  @Test
  void aChangedUrlTakesEffectAndWorkThatHasBegunEndsWhereItBegan() throws Exception {
    HostDatabase database = open(settings);
    Schema notes = notes(database);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletionStage<Integer> inFlight = notes.write(blocking(begun, goOn, "old"));
    begun.await();

    Map<String, String> changed = backend.newDatabase(home);
    database.configure(Settings.of(DataConfig.class, changed));
    await(notes.write(connection -> insert(connection, "new")));

    assertThat(database.url()).isEqualTo(changed.get("url"));
    assertThat(await(notes.read(Notes::texts))).containsExactly("new");
    goOn.countDown();
    await(inFlight);
    assertThat(await(notes(open(settings)).read(Notes::texts))).containsExactly("old");
  }

  @Test
  void aConfigurationThatIsRefusedChangesNothing() throws Exception {
    HostDatabase database = open(settings);
    Schema notes = notes(database);

    assertThatThrownBy(
            () ->
                database.configure(Settings.of(DataConfig.class, with(settings, "pool.size", "0"))))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage("pool.size = 0: allowed is a whole number from 1 to 256");

    assertThat(await(notes.read(Notes::count))).isZero();
  }

  @Test
  void aClosedSchemaTakesNoWorkAndDoesWhatItHas() throws Exception {
    Schema notes = notes(open(settings));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletionStage<Integer> inFlight = notes.write(blocking(begun, goOn, "last"));
    begun.await();

    notes.close();

    assertThat(failure(notes.read(Notes::count))).hasMessage("schema notes is closed");
    goOn.countDown();
    assertThat(await(inFlight)).isEqualTo(1);
  }

  @Test
  void aHostThatEndsDoesTheWorkThatItHasTaken() throws Exception {
    HostDatabase database = open(with(settings, "pool.size", "1"));
    Schema notes = notes(database);
    List<CompletionStage<Integer>> taken = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String text = "note " + i;
      taken.add(notes.write(connection -> insert(connection, text)));
    }
    await(taken.get(0));

    database.close();

    taken.forEach(stage -> assertThat(stage.toCompletableFuture()).isCompletedWithValue(1));
    assertThat(failure(notes.read(Notes::count))).isInstanceOf(DatabaseAway.class);
  }

  @Test
  void thePoolIsADataSource() throws Exception {
    HostDatabase database = open(settings);
    await(notes(database).write(connection -> insert(connection, "hello")));

    try (Connection connection = new HostDataSource(database).getConnection()) {
      assertThat(Notes.texts(connection)).containsExactly("hello");
    }
  }

  @Test
  void aPoolThatOthersHaveEmptiedIsNotTakenForADatabaseThatIsAway() throws Exception {
    HostDatabase database = open(with(settings, "pool.size", "1", "connect.timeout", "250ms"));
    Schema notes = notes(database);
    await(notes.read(Notes::count));

    try (Connection taken = new HostDataSource(database).getConnection()) {
      assertThat(failure(notes.read(Notes::count)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("timed out");
      assertThat(taken.isValid(1)).isTrue();
    }

    assertThat(await(notes.read(Notes::count))).isZero();
    assertThat(log.ofTheHost()).noneMatch(line -> line.contains("away"));
  }

  @Test
  void threadsDoNotKeepTheContextOfWhoBringsWork() throws Exception {
    Schema notes = notes(open(settings));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(scripts("none"));
    try {
      assertThat(
              Notes.<ClassLoader>await(
                  notes.read(connection -> Thread.currentThread().getContextClassLoader())))
          .isSameAs(Link.class.getClassLoader());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void noSecretIsLoggedOrShown() throws Exception {
    String parameters = backend == Backend.H2 ? ";CACHE_SIZE=47110" : "?trustStorePassword=47110";
    await(notes(open(settings)).read(Notes::count));
    HostDatabase database =
        open(
            with(
                settings,
                "url",
                settings.get("url") + parameters,
                "user",
                "mallory",
                "password",
                "hidden-2"));
    Schema notes = notes(database);

    Throwable failure = failure(notes.read(Notes::count));

    assertThat(failure.toString() + failure.getCause() + database.url() + database.away())
        .doesNotContain("47110", "hidden-2");
    assertThat(new HostDataSource(database)).hasToString(settings.get("url"));
    assertThat(log.ofTheHost()).isNotEmpty();
    assertThat(log.all()).noneMatch(line -> line.matches(".*(hidden-2|47110|RETENTION).*"));
  }

  private static Work<Integer> blocking(CountDownLatch begun, CountDownLatch goOn, String text) {
    return connection -> {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException("work must not be interrupted", interrupted);
      }
      return insert(connection, text);
    };
  }

  /** A class loader with scripts V1__a.sql, V2__b.sql and so on. */
  private ClassLoader scripts(String name, String... texts) throws Exception {
    Path root = Files.createTempDirectory(home, "scripts");
    Path folder = Files.createDirectories(root.resolve("schema").resolve(name));
    for (int i = 0; i < texts.length; i++) {
      Files.writeString(folder.resolve("V" + (i + 1) + "__" + (char) ('a' + i) + ".sql"), texts[i]);
    }
    return new URLClassLoader(new URL[] {root.toUri().toURL()}, null);
  }

  private HostDatabase open(Map<String, String> configured) throws Exception {
    HostDatabase database = new HostDatabase(home, Settings.of(DataConfig.class, configured));
    opened.add(database);
    return database;
  }

  private static Schema notes(HostDatabase database) {
    return database.schema("notes", LOADER);
  }
}

package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.server.data.Notes.LOADER;
import static slipway.server.data.Notes.await;
import static slipway.server.data.Notes.failure;
import static slipway.server.data.Notes.insert;
import static slipway.server.data.Notes.until;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.config.Settings;
import slipway.data.DatabaseAway;
import slipway.data.DatabaseId;
import slipway.data.Schema;

/** What operators do to the database's file under the running host. */
class DataFileTest {

  @TempDir Path home;
  private Path file;
  private HostDatabase database;
  private Schema notes;
  private LogRecords log;

  @BeforeEach
  void openDatabase() throws Exception {
    log = new LogRecords();
    file = home.resolve("var/data/slipway.mv.db");
    database = new HostDatabase(home, Settings.of(DataConfig.class, Map.of()));
    notes = database.schema("notes", LOADER);
    write("first");
  }

  @AfterEach
  void close() {
    database.close();
    log.close();
  }

  private void write(String text) {
    await(notes.write(connection -> insert(connection, text)));
  }

  private Throwable refused() {
    return failure(notes.write(connection -> insert(connection, "refused")));
  }

  private String gone() {
    return "the database jdbc:h2:file:./var/data/slipway is away: its file "
        + file
        + " is gone or empty; put it back, or restart the host to begin with an empty database";
  }

  private long saidToBeAway() {
    return log.ofTheHost().stream().filter(line -> line.contains(" is away: ")).count();
  }

  @Test
  void nothingIsAcknowledgedOnceTheFileIsDeleted() throws Exception {
    Files.delete(file);

    assertThat(refused()).isInstanceOf(DatabaseAway.class).hasMessage(gone());
    until(() -> database.away().isPresent());
    assertThat(refused()).isInstanceOf(DatabaseAway.class);
    assertThat(database.away()).contains(gone());
    String told = "SEVERE " + gone() + "; it is tried again until it is back";
    until(() -> log.ofTheHost().contains(told));
  }

  @Test
  void aDeletedFileIsNoticedWithoutAnyWork() throws Exception {
    Files.delete(file);

    until(() -> database.away().isPresent());

    assertThat(database.away()).contains(gone());
    assertThat(failure(notes.read(Notes::count))).isInstanceOf(DatabaseAway.class);
  }

  /** Two times, as the second one comes to the keeper behind its first try. */
  private void isNotMadeAnew(HostDatabase host, Path deleted) {
    for (int i = 0; i < 2; i++) {
      assertThat(failure(host.schema("notes", LOADER).read(Notes::count)))
          .isInstanceOf(DatabaseAway.class)
          .hasMessageContaining(" is gone or empty; ");
    }
    assertThat(deleted).doesNotExist();
  }

  @Test
  void aFileThatIsDeletedUnderAWriteIsNotMadeAnew() throws Exception {
    Files.delete(file);
    refused();
    until(() -> database.away().isPresent());
    isNotMadeAnew(database, file);
  }

  @Test
  void aFileBelowTheFolderWhereTheHostWasStartedIsNotMadeAnew() throws Exception {
    Path here = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "host");
    HostDatabase host = new HostDatabase(here, Settings.of(DataConfig.class, Map.of()));
    try {
      Schema schema = host.schema("notes", LOADER);
      await(schema.write(connection -> insert(connection, "first")));
      Files.delete(here.resolve("var/data/slipway.mv.db"));
      failure(schema.write(connection -> insert(connection, "refused")));
      until(() -> host.away().isPresent());
      isNotMadeAnew(host, here.resolve("var/data/slipway.mv.db"));
    } finally {
      host.close();
    }
  }

  @Test
  void aFileThatIsGoneIsNotMadeAnewWhateverIsConfigured() throws Exception {
    Files.delete(file);
    until(() -> database.away().isPresent());

    database.configure(Settings.of(DataConfig.class, Map.of("pool.size", "2")));

    assertThat(failure(notes.read(Notes::count))).hasMessageContaining(" is gone or empty; ");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFolderThatIsMovedAwayIsMissedAndUsedAgainWhenItIsBack() throws Exception {
    DatabaseId before = place();
    Path elsewhere = home.resolve("elsewhere");
    Files.move(file.getParent(), elsewhere);
    assertThat(refused()).isInstanceOf(DatabaseAway.class);
    until(() -> database.away().isPresent());
    assertThat(file.getParent()).doesNotExist();

    Files.move(elsewhere, file.getParent());
    until(() -> notes.away().isEmpty());

    // what was refused may be there, as it was on its way
    assertThat(await(notes.read(Notes::texts))).contains("first");
    assertThat(place()).isEqualTo(before);
    assertThat(saidToBeAway()).isEqualTo(1);
  }

  @Test
  void aFileThatIsReplacedIsUsedAndIsAnotherDatabase() throws Exception {
    DatabaseId before = place();
    Path backup = home.resolve("backup");
    Files.copy(file, backup);
    write("after the backup");

    Files.move(backup, file, StandardCopyOption.ATOMIC_MOVE);
    until(() -> log.ofTheHost().stream().anyMatch(line -> line.contains(" is back after ")));

    assertThat(await(notes.read(Notes::texts))).containsExactly("first");
    assertThat(place()).isNotEqualTo(before);
    assertThat(log.ofTheHost()).anyMatch(line -> line.contains("was replaced while it was in use"));
  }

  @Test
  void aFileThatIsReplacedByAnEmptyDatabaseGetsItsTables() throws Exception {
    HostDatabase other =
        new HostDatabase(
            home, Settings.of(DataConfig.class, Map.of("url", "jdbc:h2:file:./other/empty")));
    await(other.schema("twice", scripts("twice", "CREATE TABLE twice_a (id INT);")).read(c -> 1));
    other.close();

    Files.move(
        home.resolve("other/empty.mv.db"),
        file,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    until(() -> log.ofTheHost().stream().anyMatch(line -> line.contains(" is back after ")));

    assertThat(await(notes.read(Notes::count))).isZero();
  }

  @Test
  void aFileThatIsEmptiedIsMissed() throws Exception {
    Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING).close();

    assertThat(refused()).isInstanceOf(DatabaseAway.class);
    until(() -> database.away().isPresent());
    assertThat(saidToBeAway()).isEqualTo(1);
  }

  @Test
  void aBackupThatIsCopiedOverTheFileIsSeenAndNothingIsAcknowledgedIntoIt() throws Exception {
    byte[] backup = Files.readAllBytes(file);
    for (int i = 0; i < 200; i++) {
      write("note " + i);
    }
    long size = Files.size(file);

    // as cp does it: the file stays the same one
    Files.write(file, Arrays.copyOf(backup, (int) Math.max(size, backup.length)));

    assertThat(refused()).isInstanceOf(DatabaseAway.class);
    until(
        () ->
            log.ofTheHost().stream()
                .anyMatch(line -> line.contains(" was cut or overwritten while it was in use; ")));
  }

  private DatabaseId place() {
    return await(notes.read((connection, place) -> place));
  }

  private ClassLoader scripts(String name, String text) throws Exception {
    Path root = Files.createTempDirectory(home, "scripts");
    Path folder = Files.createDirectories(root.resolve("schema").resolve(name));
    Files.writeString(folder.resolve("V1__a.sql"), text);
    return new URLClassLoader(new URL[] {root.toUri().toURL()}, null);
  }
}

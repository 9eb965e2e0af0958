package slipway.server.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 writes, looked at as a kill would leave it after each single write. */
class H2FileTest {

  private static final int WRITES = 30;
  private static final int LIVES = 3;
  private static final int CLERKS = 4;
  private static final int KILLS = 200;
  private static final int RETAINED_MILLIS = 0;

  @TempDir Path folder;
  private final Tape tape = new Tape();
  private final Changes changes = new Changes(Duration.ofMinutes(1));
  private final Random random = new Random(4711);

  @BeforeEach
  void registerTape() {
    FilePath.register(tape);
  }

  @AfterEach
  void unregisterTape() {
    FilePath.unregister(tape);
  }

  /** Each life begins with a file as a kill has left it at some time in the one before. */
  @Test
  void afterEachWriteTheFileHasAllThatWasOnTheDisk() throws Exception {
    Image start = new Image();
    Set<String> known = new TreeSet<>();
    for (int life = 0; life < LIVES; life++) {
      List<Event> events = live(life, start);

      int kill = events.size() / 4 + random.nextInt(events.size() / 2);
      Image image = start.copy();
      Image next = null;
      Set<String> acknowledged = new TreeSet<>(known);
      for (int index = 0; index < events.size(); index++) {
        switch (events.get(index)) {
          case Acknowledged(String text) -> acknowledged.add(text);
          case Change change -> {
            image.apply(change);
            assertThat(column(image, "note", "text"))
                .as("life %d, after event %d of %d", life, index, events.size())
                .containsAll(acknowledged);
          }
        }
        if (index == kill) {
          next = image.copy();
          known = new TreeSet<>(acknowledged);
        }
      }
      start = next;
    }
  }

  @Test
  void blocksThatAreMostlyNotInUseAreWrittenAnewUntilThereIsNoMore() throws Exception {
    String url = url("jdbc:h2:", "sparse");
    use(
        url,
        (statement, file) -> {
          statement.execute("CREATE TABLE note(id INT PRIMARY KEY, text VARCHAR(2000))");
          for (int block = 0; block < 20; block++) {
            statement.execute(
                "INSERT INTO note SELECT x, REPEAT('y', 1000) FROM SYSTEM_RANGE(%d, %d)"
                    .formatted(block * 100, block * 100 + 99));
            file.write();
          }
          for (int block = 0; block < 20; block++) {
            statement.execute(
                "DELETE FROM note WHERE id BETWEEN %d AND %d"
                    .formatted(block * 100, block * 100 + 89));
          }
          file.write();

          int passes = 0;
          while (file.rewrite()) {
            passes++;
            assertThat(passes).isLessThan(100);
          }

          assertThat(passes).isPositive();
          try (ResultSet kept = statement.executeQuery("SELECT COUNT(*) FROM note")) {
            kept.next();
            assertThat(kept.getInt(1)).isEqualTo(200);
          }
        });
  }

  @Test
  void nothingIsWrittenAgainAndAgainOnceNobodyWrites() throws Exception {
    String url = url("jdbc:h2:tape:", "rest");
    use(
        url,
        (statement, file) -> {
          statement.execute("CREATE TABLE note(id INT PRIMARY KEY, text VARCHAR(2000))");
          for (int id = 0; id < 50; id++) {
            statement.execute("INSERT INTO note VALUES(" + id + ", REPEAT('y', 1000))");
            file.write();
          }
          for (int look = 0; look < 100; look++) {
            file.look();
          }

          tape.begin();
          for (int look = 0; look < 100; look++) {
            file.look();
          }
          assertThat(tape.end()).isEmpty();
        });
  }

  @Test
  void whatOthersCommitIsWrittenAtTheNextLook() throws Exception {
    String url = url("jdbc:h2:tape:", "others");
    use(
        url,
        (statement, file) -> {
          file.write();
          tape.begin();
          statement.execute("CREATE TABLE note(id INT PRIMARY KEY)");
          assertThat(tape.end()).isEmpty();
          file.look();
          assertThat(tape.end()).isNotEmpty();
        });
  }

  /** H2 stores one map after the other, while others are changed. */
  @Test
  void aTransactionIsOnTheDiskAsAWholeOrNotAtAll() throws Exception {
    String url = url("jdbc:h2:tape:", "whole");
    tape.begin();
    List<Integer> kills = new ArrayList<>();
    use(
        url,
        (statement, file) -> {
          statement.execute("CREATE TABLE debit(id BIGINT AUTO_INCREMENT, sum INT)");
          statement.execute("CREATE TABLE credit(id BIGINT AUTO_INCREMENT, sum INT)");
          AtomicBoolean enough = new AtomicBoolean();
          try (ExecutorService clerks = Executors.newFixedThreadPool(CLERKS)) {
            List<Future<?>> work = new ArrayList<>();
            for (int clerk = 0; clerk < CLERKS; clerk++) {
              int first = clerk * 1_000_000;
              work.add(clerks.submit(() -> book(url, first, enough)));
            }
            for (int kill = 0; kill < KILLS; kill++) {
              file.write();
              kills.add(tape.end().size());
            }
            enough.set(true);
            for (Future<?> each : work) {
              each.get();
            }
          }
        });

    Image image = new Image();
    int applied = 0;
    for (int kill : kills) {
      for (Event event : tape.end().subList(applied, kill)) {
        image.apply((Change) event);
      }
      applied = kill;
      assertThat(column(image, "credit", "sum"))
          .as("after %d events", kill)
          .isEqualTo(column(image, "debit", "sum"));
    }
  }

  private Void book(String url, int first, AtomicBoolean enough) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int sum = first; !enough.get(); sum++) {
        Changes.Change change = changes.begin();
        try {
          statement.execute("INSERT INTO debit(sum) VALUES(" + sum + ")");
          statement.execute("INSERT INTO credit(sum) VALUES(" + sum + ")");
          connection.commit();
        } finally {
          change.end();
        }
      }
    }
    return null;
  }

  /** What somebody does who has a connection. */
  private interface Use {
    void with(Statement statement, H2File file) throws Exception;
  }

  private void use(String url, Use use) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      H2File file = new H2File(DriverManager.getConnection(url), changes);
      try {
        use.with(statement, file);
      } finally {
        file.close();
      }
    }
  }

  /** What happens to the file while a host uses it and closes it. */
  private List<Event> live(int life, Image start) throws Exception {
    Path home = Files.createDirectory(folder.resolve("life" + life));
    start.save(home.resolve("data.mv.db"));
    tape.begin();
    String url = url("jdbc:h2:tape:", "life" + life + "/data");
    use(
        url,
        (statement, file) -> {
          statement.execute(
              "CREATE TABLE IF NOT EXISTS note(id BIGINT AUTO_INCREMENT, text VARCHAR(2000))");
          for (int write = 0; write < WRITES; write++) {
            String text = life + "-" + write + "-" + "x".repeat(random.nextInt(1500));
            statement.execute("INSERT INTO note(text) VALUES('" + text + "')");
            statement.execute("UPDATE note SET id = id WHERE MOD(id, 7) = " + write % 7);
            file.write();
            tape.acknowledged(text);
            if (write % 10 == 9) {
              file.rewrite();
            }
          }
        });
    return tape.end();
  }

  private String url(String scheme, String name) throws Exception {
    String url = DataUrl.of("jdbc:h2:" + folder.resolve(name), folder).driverText();
    assertThat(url).startsWith("jdbc:h2:");
    return scheme
        + url.substring("jdbc:h2:".length())
            // blocks are used again, and written anew, after that time
            .replaceFirst("RETENTION_TIME=\\d+", "RETENTION_TIME=" + RETAINED_MILLIS);
  }

  private Set<String> column(Image image, String table, String column) throws Exception {
    Path file = folder.resolve("killed.mv.db");
    image.save(file);
    Set<String> values = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(url("jdbc:h2:", "killed"));
        Statement statement = connection.createStatement()) {
      try (ResultSet tables = connection.getMetaData().getTables(null, null, table, null)) {
        if (tables.next()) {
          try (ResultSet rows = statement.executeQuery("SELECT " + column + " FROM " + table)) {
            while (rows.next()) {
              values.add(rows.getString(1));
            }
          }
        }
      }
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException closed) {
      if (closed.getErrorCode() != 90121) { // "is already closed", by the statement before
        throw closed;
      }
    }
    return values;
  }

  /** Something that happens while a database is used. */
  private sealed interface Event {}

  /** A text is on the disk. */
  private record Acknowledged(String text) implements Event {}

  /** The file has changed: bytes were written, or it ends at the position if there are none. */
  private record Change(long position, byte[] bytes) implements Event {}

  /** A file's content. */
  private static final class Image {
    private byte[] bytes = new byte[0];

    void apply(Change change) {
      int position = Math.toIntExact(change.position());
      if (change.bytes() == null) {
        bytes = Arrays.copyOf(bytes, position);
        return;
      }
      int end = position + change.bytes().length;
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, end);
      }
      System.arraycopy(change.bytes(), 0, bytes, position, change.bytes().length);
    }

    Image copy() {
      Image copy = new Image();
      copy.bytes = bytes.clone();
      return copy;
    }

    void save(Path file) throws IOException {
      Files.write(file, bytes);
    }
  }

  /** Files whose changes are noted, in the order in which the system sees them; H2 makes them. */
  public static final class Tape extends FilePathWrapper {
    private static List<Event> events = new ArrayList<>();

    @Override
    public String getScheme() {
      return "tape";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
      FileChannel channel = super.open(mode);
      return getName().endsWith(".mv.db") ? new Taped(channel) : channel;
    }

    void begin() {
      synchronized (Tape.class) {
        events = new ArrayList<>();
      }
    }

    void acknowledged(String text) {
      synchronized (Tape.class) {
        events.add(new Acknowledged(text));
      }
    }

    List<Event> end() {
      synchronized (Tape.class) {
        return List.copyOf(events);
      }
    }
  }

  private static final class Taped extends FileBaseDefault {
    private final FileChannel channel;

    Taped(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return channel.read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      byte[] bytes = new byte[source.remaining()];
      source.duplicate().get(bytes);
      synchronized (Tape.class) {
        int written = channel.write(source, position);
        Tape.events.add(new Change(position, Arrays.copyOf(bytes, written)));
        return written;
      }
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void force(boolean metadata) {
      // a kill of the process does not lose what the system has
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      synchronized (Tape.class) {
        channel.truncate(size);
        Tape.events.add(new Change(size, null));
      }
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }
  }
}

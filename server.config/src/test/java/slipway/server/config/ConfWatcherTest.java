package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfWatcherTest {

  private static final String NAME = "slipway.acceptor-a.cfg";
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

  @TempDir Path home;
  private Path conf;
  private final List<String> told = new ArrayList<>();
  private boolean readable = true;
  private LogRecords log;
  private ConfWatcher watcher;

  @BeforeEach
  void setUp() throws Exception {
    log = new LogRecords(() -> {});
    conf = Files.createDirectory(home.resolve("conf"));
    watcher = watcher(LATER);
  }

  @AfterEach
  void tearDown() {
    log.close();
  }

  private ConfWatcher watcher(Clock clock) {
    return new ConfWatcher(
        new ConfFolder(conf),
        name -> {
          told.add(name);
          return readable;
        },
        clock);
  }

  /** What is told of in two looks. */
  private List<String> looks() {
    told.clear();
    watcher.look();
    watcher.look();
    return List.copyOf(told);
  }

  private static Path aged(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
  }

  @Test
  void aChangeIsToldOfOnceWhenTwoLooksAgree() throws Exception {
    Files.writeString(conf.resolve(NAME), "port = 1\n");
    watcher.look();
    assertThat(told).isEmpty();
    Files.writeString(conf.resolve(NAME), "port = 1000\n");
    watcher.look();
    assertThat(told).isEmpty();
    assertThat(looks()).containsExactly(NAME);
    assertThat(looks()).isEmpty();
  }

  @Test
  void anotherFileOfTheSameSizeAndTimeIsAChange() throws Exception {
    aged(conf.resolve(NAME), "port = 21077\n");
    assertThat(looks()).containsExactly(NAME);
    Path other = aged(home.resolve("other"), "port = 21078\n");
    Files.move(other, conf.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    assertThat(looks()).containsExactly(NAME);
    assertThat(looks()).isEmpty();
  }

  @Test
  void aNewContentOfTheSameSizeAndTimeIsAChange() throws Exception {
    Path file = aged(conf.resolve(NAME), "port = 21077\n");
    assertThat(looks()).containsExactly(NAME);
    Object before = Files.getAttribute(file, "unix:ctime");
    while (Files.getAttribute(file, "unix:ctime").equals(before)) { // the disk counts in steps
      aged(file, "port = 21078\n");
    }
    assertThat(looks()).containsExactly(NAME);
  }

  @Test
  void aFileThatWasChangedAMomentAgoIsReadAtEveryLook() throws Exception {
    aged(conf.resolve(NAME), "port = 1\n");
    watcher = watcher(Clock.systemUTC());
    assertThat(looks()).containsExactly(NAME);
    assertThat(looks()).containsExactly(NAME, NAME);
  }

  @Test
  void aFileThatCannotBeReadIsTriedAgain() throws Exception {
    Files.writeString(conf.resolve(NAME), "port = 1\n");
    readable = false;
    assertThat(looks()).containsExactly(NAME);
    assertThat(looks()).containsExactly(NAME, NAME);
    readable = true;
    assertThat(looks()).containsExactly(NAME);
    assertThat(looks()).isEmpty();
  }

  @Test
  void whatIsGoneForOneLookIsNotGone() throws Exception {
    Path file = Files.writeString(conf.resolve(NAME), "port = 1\n");
    looks();
    Path away = Files.move(file, home.resolve("away"));
    watcher.look();
    Files.move(away, file);
    told.clear();
    watcher.look();
    assertThat(told).isEmpty();
    Files.delete(file);
    assertThat(looks()).containsExactly(NAME);
    assertThat(looks()).isEmpty();
  }

  @Test
  void whatIsGoneIsToldOfBeforeWhatIsNew() throws Exception {
    Files.writeString(conf.resolve("z.cfg"), "port = 1\n");
    looks();
    Files.move(conf.resolve("z.cfg"), conf.resolve("a.cfg"));
    assertThat(looks()).containsExactly("z.cfg", "a.cfg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.cfg~",
        "x.cfg.bak",
        "x.cfg.rpmsave",
        "x.cfg.rpmnew",
        "x.cfg.dpkg-old",
        "x.cfg.filepart",
        "x.cfg.swp",
        ".x.cfg",
        ".x.cfg.swp",
        ".#x.cfg",
        "#x.cfg#",
        "x.CFG",
        "x.Cfg",
        "x.config.orig",
        "cfg",
        "conf.ini~",
        "CONF.INI",
        "x.jar",
        "host.properties"
      })
  void onlyConfigurationsAreToldOf(String name) throws Exception {
    Files.writeString(conf.resolve(name), "port = 1\n");
    assertThat(looks()).isEmpty();
  }

  @Test
  void aConfigMapThatIsSwappedIsAChange() throws Exception {
    for (String port : List.of("1", "2")) {
      aged(Files.createDirectory(conf.resolve("..v" + port)).resolve(NAME), "port = " + port);
    }
    Files.createSymbolicLink(conf.resolve("..data"), Path.of("..v1"));
    Files.createSymbolicLink(conf.resolve(NAME), Path.of("..data", NAME));
    assertThat(looks()).containsExactly(NAME);
    Files.createSymbolicLink(conf.resolve("..data_tmp"), Path.of("..v2"));
    Files.move(conf.resolve("..data_tmp"), conf.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(looks()).containsExactly(NAME);
    assertThat(looks()).isEmpty();
  }

  @Test
  void theFolderMayBeALinkThatIsTurned() throws Exception {
    Path other = Files.createDirectory(home.resolve("other"));
    aged(conf.resolve(NAME), "port = 1");
    aged(other.resolve(NAME), "port = 2");
    Path link = Files.createSymbolicLink(home.resolve("link"), conf);
    conf = link;
    watcher = watcher(LATER);
    assertThat(looks()).containsExactly(NAME);
    Path turned = Files.createSymbolicLink(home.resolve("turned"), other);
    Files.move(turned, link, StandardCopyOption.ATOMIC_MOVE);
    assertThat(looks()).containsExactly(NAME);
  }

  @Test
  void ifTheFolderCannotBeReadNothingIsTakenForDeleted() throws Exception {
    Files.writeString(conf.resolve(NAME), "port = 1\n");
    looks();
    Path away = Files.move(conf, home.resolve("away"));
    assertThat(looks()).isEmpty();
    assertThat(log.problems())
        .containsExactly(
            "SEVERE conf/ cannot be read: no such file or folder."
                + " What is in force stays in force");
    Files.move(away, conf);
    assertThat(looks()).isEmpty();
  }
}

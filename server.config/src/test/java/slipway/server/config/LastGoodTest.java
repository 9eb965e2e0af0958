package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of configurations, in memory and on disk. */
class LastGoodTest {

  private static final ConfigurationId KV = new ConfigurationId("org.kv", "");
  private static final Set<String> OLD = Set.of("kv 1.0.0");
  private static final Set<String> NEW = Set.of("kv 1.1.0");

  @TempDir Path home;
  private LogRecords log;
  private LastGood good;

  @BeforeEach
  void start() {
    log = new LogRecords(() -> {});
    restart();
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private Path folder() {
    return home.resolve("var/conf");
  }

  private void restart() {
    good = new LastGood(new LastGoodFolder(folder()));
  }

  private void note(int size, Set<String> takers) {
    good.note(KV, Map.of("size", size), takers);
  }

  private List<Object> sizes() {
    return good.of(KV).stream().map(values -> values.get("size")).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.toList();
    }
  }

  @Test
  void theNewestComesFirstAndNothingTwice() {
    note(1, OLD);
    note(2, OLD);
    note(3, OLD);
    note(2, NEW);
    assertThat(sizes()).containsExactly(2, 3, 1);
    restart();
    assertThat(sizes()).containsExactly(2, 3, 1);
  }

  @Test
  void whatNobodyHasCheckedIsNotKept() {
    note(1, Set.of());
    assertThat(sizes()).isEmpty();
    assertThat(folder()).doesNotExist();
  }

  @Test
  void manyEditsForOneVersionDoNotTakeAwayWhatAnotherHadLast() {
    note(-2, OLD);
    note(-1, OLD);
    IntStream.range(0, 100).forEach(size -> note(size, NEW));
    assertThat(sizes()).hasSize(LastGood.MOST).startsWith(99, 98).endsWith(92, 91, -1);
  }

  @Test
  void whatTwoVersionsHaveTakenIsKeptForBoth() {
    note(-1, OLD);
    note(-1, NEW);
    IntStream.range(0, 100).forEach(size -> note(size, NEW));
    assertThat(sizes()).hasSize(LastGood.MOST).contains(-1);
  }

  @Test
  void ofMoreVersionsThanAreKeptTheOldestGoes() {
    IntStream.range(0, 100).forEach(size -> note(size, Set.of("kv 1." + size)));
    assertThat(sizes()).containsExactly(99, 98, 97, 96, 95, 94, 93, 92, 91, 90);
    IntStream.range(0, 100).forEach(version -> note(99, Set.of("kv 2." + version)));
    restart();
    assertThat(sizes()).hasSize(LastGood.MOST);
    assertThat(new LastGoodFolder(folder()).read().get(KV).getFirst().takers())
        .hasSize(LastGood.MOST)
        .contains("kv 2.99");
  }

  @Test
  void aRestartKeepsNamesKeysAndTypes() throws Exception {
    Map<String, Object> values = new TreeMap<>();
    values.put("text", " a \"b\" = \\ c\n[d]\tä ");
    values.put("a.b c", "");
    values.put("1.2", 3L);
    values.put("flag", true);
    values.put("list", new String[] {"a", "b,c"});
    List<ConfigurationId> ids =
        List.of(
            KV,
            new ConfigurationId("org.kv", "../" + "ä".repeat(250)),
            new ConfigurationId("org.kv", "a=b \"c\"\n"));
    ids.forEach(id -> good.note(id, values, OLD));
    restart();
    assertThat(good.ids()).containsExactlyInAnyOrderElementsOf(ids);
    for (ConfigurationId id : ids) {
      assertThat(good.of(id).getFirst()).usingRecursiveComparison().isEqualTo(values);
    }
    assertThat(files()).hasSize(3);
    assertThat(log.problems()).isEmpty();
  }

  @Test
  void filesAreForTheHostsUserAlone() throws Exception {
    note(1, OLD);
    assertThat(files()).hasSize(1);
    assertThat(Files.getPosixFilePermissions(files().getFirst()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void whatIsForgottenIsGoneFromTheDisk() throws Exception {
    note(1, OLD);
    good.forget(KV);
    assertThat(sizes()).isEmpty();
    assertThat(files()).isEmpty();
    restart();
    assertThat(good.ids()).isEmpty();
  }

  @Test
  void whatIsNoGoodFileIsLeftOutAndWhatWasBeingWrittenIsDeleted() throws Exception {
    note(1, OLD);
    Path mine = files().getFirst();
    Path other = Files.copy(mine, folder().resolve("other.config"));
    Files.writeString(folder().resolve("torn.config"), Files.readString(mine).substring(0, 70));
    Path left = Files.writeString(folder().resolve(".1.tmp"), "secret");
    restart();
    assertThat(sizes()).containsExactly(1);
    assertThat(left).doesNotExist();
    assertThat(other).exists();
    assertThat(log.problems()).hasSize(1).first().asString().contains("torn.config is not as");
  }

  @Test
  void aFolderThatCannotBeWrittenIsWarnedOfOnce() throws Exception {
    Files.writeString(home.resolve("var"), "a file");
    restart();
    note(1, OLD);
    note(2, OLD);
    assertThat(sizes()).containsExactly(2, 1);
    assertThat(log.problems().stream().filter(line -> line.contains("cannot be written")))
        .hasSize(1);
  }
}

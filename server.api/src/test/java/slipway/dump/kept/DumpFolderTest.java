package slipway.dump.kept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpFolderTest {

  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  @TempDir Path home;

  private DumpFolder bounded(int count, long bytes) {
    return DumpFolder.of(home, new Bounds(count, bytes));
  }

  private static KeptDump kept(DumpFolder dumps, Instant when, int size, boolean seen)
      throws Exception {
    try (DumpDraft draft = dumps.begin(when)) {
      draft.write("file", "bytes", out -> out.write(new byte[size]));
      return draft.keep("it happened", seen);
    }
  }

  private static List<String> names(DumpFolder dumps) {
    return dumps.all().stream().map(KeptDump::name).toList();
  }

  @Test
  void aDumpAppearsWholeAndOnlyItsOwnerCanReadIt() throws Exception {
    DumpFolder dumps = bounded(5, 1 << 20);
    try (DumpDraft draft = dumps.begin(NOON)) {
      draft.write("a.txt", "an a", out -> out.write('a'));
      draft.make(
          "b.txt",
          "a b",
          file -> {
            Files.writeString(file, "b");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
          });
      draft.missing("c.txt", "the disk\nis full");
      assertThat(dumps.all()).isEmpty();
      draft.keep("it happened", false);
    }
    KeptDump dump = dumps.all().getFirst();
    assertThat(dump.name()).isEqualTo("2026-11-27T12-00-00Z");
    assertThat(dump.summary()).isEqualTo("it happened");
    assertThat(dump.acknowledged()).isFalse();
    assertThat(Files.readAllLines(dump.folder().resolve("event.txt")))
        .containsExactly(
            "it happened",
            "a.txt: an a",
            "b.txt: a b",
            "c.txt is missing or not whole: the disk is full");
    assertThat(mode(dumps.root())).isEqualTo("rwx------");
    assertThat(mode(dump.folder())).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(dump.folder())) {
      assertThat(files.map(DumpFolderTest::mode)).hasSize(3).containsOnly("rw-------");
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void aFileThatCannotBeWrittenLeavesTheOthers() throws Exception {
    DumpFolder dumps = bounded(5, 1 << 20);
    try (DumpDraft draft = dumps.begin(NOON)) {
      assertThat(
              draft.write(
                  "a",
                  "an a",
                  out -> {
                    throw new IOException("No space left on device");
                  }))
          .isFalse();
      assertThat(draft.write("b", "a b", out -> out.write('b'))).isTrue();
      KeptDump dump = draft.keep("it happened", false);
      assertThat(Files.readAllLines(dump.folder().resolve("event.txt")))
          .contains("a is missing or not whole: No space left on device", "b: a b");
    }
  }

  @Test
  void twoOfOneSecondAreBothThereInTheirOrder() throws Exception {
    DumpFolder dumps = bounded(20, 1 << 20);
    for (int i = 0; i < 11; i++) {
      kept(dumps, NOON, 1, false);
    }
    assertThat(names(dumps))
        .hasSize(11)
        .startsWith("2026-11-27T12-00-00Z-11", "2026-11-27T12-00-00Z-10", "2026-11-27T12-00-00Z-9")
        .endsWith("2026-11-27T12-00-00Z");
  }

  @Test
  void theOldestGoFirst() throws Exception {
    DumpFolder dumps = bounded(2, 1 << 20);
    for (int i = 0; i < 4; i++) {
      kept(dumps, NOON.plusSeconds(i), 1, false);
    }
    assertThat(names(dumps)).containsExactly("2026-11-27T12-00-03Z", "2026-11-27T12-00-02Z");
  }

  @Test
  void whatNobodyHasSeenOutlivesWhatSomebodyHas() throws Exception {
    DumpFolder dumps = bounded(2, 1 << 20);
    kept(dumps, NOON, 1, false);
    for (int i = 1; i < 5; i++) {
      kept(dumps, NOON.plusSeconds(i), 1, true);
    }
    assertThat(names(dumps)).containsExactly("2026-11-27T12-00-04Z", "2026-11-27T12-00-00Z");
  }

  @Test
  void theNewestStaysEvenIfItAloneIsTooLarge() throws Exception {
    DumpFolder dumps = bounded(5, 1000);
    kept(dumps, NOON, 10, false);
    kept(dumps, NOON.plusSeconds(1), 2000, true);
    assertThat(names(dumps)).containsExactly("2026-11-27T12-00-01Z");
  }

  @Test
  void oneThatIsBeingWrittenIsNotDeletedAndOneThatADeadProcessHasBegunIs() throws Exception {
    DumpFolder dumps = bounded(1, 1 << 20);
    Path dead = Files.createDirectories(dumps.root().resolve(".2026-11-27T11-00-00Z.99999999"));
    try (DumpDraft draft = dumps.begin(NOON)) {
      draft.write("a", "an a", out -> out.write('a'));
      kept(dumps, NOON.plusSeconds(1), 1, false);
      assertThat(dead).doesNotExist();
      draft.keep("late", false);
    }
    assertThat(names(dumps)).containsExactly("2026-11-27T12-00-00Z");
  }

  @Test
  void whatIsNotKeptIsGone() throws Exception {
    DumpFolder dumps = bounded(5, 1 << 20);
    try (DumpDraft draft = dumps.begin(NOON)) {
      draft.write("a", "an a", out -> out.write('a'));
    }
    try (Stream<Path> left = Files.list(dumps.root())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void anOperatorAcknowledgesOnce() throws Exception {
    DumpFolder dumps = bounded(5, 1 << 20);
    KeptDump dump = kept(dumps, NOON, 1, false);
    assertThat(dumps.unseen()).containsExactly(dump);
    dumps.acknowledge(dump);
    dumps.acknowledge(dump);
    assertThat(dumps.unseen()).isEmpty();
    assertThat(dumps.find(dump.name()).orElseThrow().acknowledged()).isTrue();
  }
}

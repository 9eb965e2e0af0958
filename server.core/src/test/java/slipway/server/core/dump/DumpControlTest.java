package slipway.server.core.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slipway.admin.AdminException;
import slipway.admin.DumpStatus;
import slipway.dump.kept.Bounds;
import slipway.dump.kept.DumpFolder;

@Timeout(120)
class DumpControlTest {

  @TempDir Path home;

  private long free = Long.MAX_VALUE;

  private final FreeRoom room =
      new FreeRoom() {
        @Override
        long free(Path folder) {
          return free;
        }
      };

  private DumpControl control() {
    return new DumpControl(DumpFolder.of(home, Bounds.DEFAULT), room, Duration.ofMinutes(1));
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<String> left() throws Exception {
    try (Stream<Path> all = Files.list(home.resolve("var/dump"))) {
      return all.map(Path::getFileName).map(Path::toString).toList();
    }
  }

  @Test
  void theHeapIsItsOwnersAloneAndSeenAlready() throws Exception {
    DumpStatus dump = control().heap();
    Path file = dump.folder().resolve("heap.hprof.gz");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(dump.folder())).isEqualTo("rwx------");
    assertThat(dump.acknowledged()).isTrue();
    assertThat(dump.bytes()).isGreaterThanOrEqualTo(Files.size(file));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("JAVA PROFILE");
    }
  }

  @Test
  void aDiskWithoutRoomIsAnErrorAndLeavesNothing() throws Exception {
    free = 70_000_000;
    assertThatThrownBy(() -> control().heap())
        .isInstanceOf(AdminException.class)
        .hasMessageMatching(
            "a dump of the heap may take [0-9,]+ MB, and of the 70 MB that are free in var/dump"
                + " 68 MB have to remain: make room there first");
    assertThat(left()).isEmpty();
  }

  @Test
  void threadsAreWrittenWithAndWithoutLocks() throws Exception {
    DumpStatus dump = control().threads();
    assertThat(Files.readString(dump.folder().resolve("threads.json"))).contains("threadDump");
    assertThat(Files.readString(dump.folder().resolve("threads.txt")))
        .contains("threadsAreWrittenWithAndWithoutLocks");
  }

  @Test
  void withoutARecordingThereIsNoneToDump() {
    assertThatThrownBy(() -> control().recording())
        .isInstanceOf(AdminException.class)
        .hasMessage("nothing is recorded now");
  }

  @Test
  void theArchiveHasWhatPartsAddAndTheHeapOnlyIfItIsAskedFor() throws Exception {
    DumpControl control = control();
    control.addPart(ArchiveTest.part("two", to -> to.text("2.txt", "two")));
    control.addPart(ArchiveTest.part("one", to -> to.text("1.txt", "one")));
    List<String> told = new ArrayList<>();
    Path small = control.archive(false, told::add).folder().resolve("report.zip");
    assertThat(told).containsExactly("one", "two");
    Map<String, String> entries = ArchiveTest.entries(Files.readAllBytes(small));
    assertThat(entries.keySet()).containsExactly("1.txt", "2.txt", "contents.txt");
    assertThat(mode(small)).isEqualTo("rw-------");

    DumpStatus large = control.archive(true, told::add);
    assertThat(ArchiveTest.entries(Files.readAllBytes(large.folder().resolve("report.zip"))))
        .containsKey("heap.hprof.gz");
    assertThat(large.folder().resolve("heap.hprof.gz")).doesNotExist();
  }

  @Test
  void oneIsMadeAtATime() throws Exception {
    DumpControl control = control();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    control.addPart(
        ArchiveTest.part(
            "a",
            to -> {
              begun.countDown();
              over.await();
            }));
    CompletableFuture<DumpStatus> first = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                first.complete(control.archive(false, title -> {}));
              } catch (Exception failed) {
                first.completeExceptionally(failed);
              }
            });
    begun.await();
    assertThatThrownBy(control::threads)
        .isInstanceOf(AdminException.class)
        .hasMessageContaining("another dump is being written");
    over.countDown();
    assertThat(first.get().summary()).isEqualTo("an archive for a report");
    assertThat(control.threads().acknowledged()).isTrue();
  }

  @Test
  void aDumpThatIsNotThereCannotBeAcknowledged() throws Exception {
    DumpControl control = control();
    String name = control.threads().name();
    control.acknowledge(name);
    assertThatThrownBy(() -> control.acknowledge("yesterday"))
        .isInstanceOf(AdminException.class)
        .hasMessage("there is no dump yesterday: allowed are " + name);
    assertThat(control.dumps()).extracting(DumpStatus::name).containsExactly(name);
  }
}

package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.dump.kept.Bounds;
import slipway.dump.kept.DumpFolder;
import slipway.dump.kept.KeptDump;

class RemainsTest {

  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  @TempDir Path folder;

  private Home home;
  private DumpFolder dumps;

  @BeforeEach
  void makeHome() throws Exception {
    home = HostProcess.makeHome(folder);
    home.prepare();
    dumps = DumpFolder.of(home.root(), Bounds.DEFAULT);
    Files.writeString(home.log().resolve("slipway.log"), "the last words\n");
  }

  private Path left(Path file, String text, Instant when) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(when));
    return file;
  }

  private List<KeptDump> collect() throws Exception {
    return new Remains(home, dumps).collect();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::getFileName).map(Path::toString).sorted().toList();
    }
  }

  @Test
  void aHostThatEndedInOrderHasLeftNothing() throws Exception {
    assertThat(collect()).isEmpty();
    assertThat(names(home.dumps())).isEmpty();
  }

  @Test
  void aCrashBecomesADumpWithoutTheSecretsOfItsCommandLine() throws Exception {
    Path log =
        left(
            home.dumps().resolve("crash-77.log"),
            "#\n#  SIGSEGV (0xb) at pc=0x0 (sent by kill), pid=77, tid=77\n"
                + "Command Line: -Xmx64m -Ddb.password=hunter2 -Da=b\n",
            NOON);
    Path recording = left(home.root().resolve("hs_err_pid77.jfr"), "recorded", NOON);

    KeptDump dump = collect().getFirst();
    assertThat(dump.name()).isEqualTo("2026-11-27T12-00-00Z");
    assertThat(dump.summary()).isEqualTo("the host crashed: SIGSEGV (0xb) (sent by kill)");
    assertThat(dump.acknowledged()).isFalse();
    assertThat(names(dump.folder()))
        .containsExactly("error.log", "event.txt", "recording.jfr", "slipway.log", "versions.txt");
    assertThat(Files.readString(dump.folder().resolve("error.log")))
        .contains("-Ddb.password=(left out) -Da=b")
        .doesNotContain("hunter2");
    assertThat(Files.readString(dump.folder().resolve("slipway.log"))).contains("the last words");
    assertThat(Files.readString(dump.folder().resolve("event.txt")))
        .contains("process 77")
        .contains("host.out is missing");
    for (String name : names(dump.folder())) {
      assertThat(Files.getPosixFilePermissions(dump.folder().resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    assertThat(log).doesNotExist();
    assertThat(recording).doesNotExist();
    assertThat(collect()).isEmpty();
  }

  @Test
  void eachProcessHasADumpOfItsOwnAlsoOfOlderHosts() throws Exception {
    left(home.dumps().resolve("java_pid5.hprof"), "heap", NOON);
    left(home.dumps().resolve("java_pid5.txt"), "at a glance", NOON.plusSeconds(60));
    left(home.dumps().resolve("java_pid6.hprof.gz"), "heap", NOON.plusSeconds(90));
    left(home.log().resolve("crash-7.log"), "#\n", NOON.plusSeconds(120));
    left(home.dumps().resolve("java_pid8.txt"), "its dump was taken away", NOON);

    collect();
    List<KeptDump> all = dumps.all();
    assertThat(all)
        .extracting(KeptDump::summary)
        .containsExactly(
            "the host crashed: it is not known why",
            "the host ended, as no memory was left",
            "the host ended, as no memory was left");
    assertThat(names(all.get(1).folder())).contains("heap.hprof.gz");
    assertThat(names(all.get(2).folder())).contains("heap.hprof", "memory.txt");
  }

  @Test
  void theFilesOfARecordingAreJoinedAsFarAsTheyCanBeRead() throws Exception {
    left(home.dumps().resolve("crash-9.log"), "#\n", NOON);
    Path repository = Files.createDirectories(home.var().resolve("jfr/2026_11_27_12_00_00_9"));
    byte[] whole = new byte[100];
    whole[0] = 'a';
    byte[] second = whole.clone();
    second[0] = 'b';
    byte[] begun = whole.clone();
    begun[64] = (byte) 0xff;
    Files.write(repository.resolve("2026_11_27_12_00_00.jfr"), whole);
    Files.write(repository.resolve("2026_11_27_12_05_00.jfr"), second);
    Files.write(repository.resolve("2026_11_27_12_10_00.jfr"), begun);

    KeptDump dump = collect().getFirst();
    assertThat(Files.readAllBytes(dump.folder().resolve("recording.jfr")))
        .hasSize(200)
        .startsWith('a');
    assertThat(repository).doesNotExist();
  }

  @Test
  void anOperatorIsToldUntilItIsAcknowledged() throws Exception {
    left(home.dumps().resolve("crash-77.log"), "#\n", NOON);
    KeptDump dump = collect().getFirst();
    assertThat(Scene.told(dump))
        .isEqualTo(
            "the host crashed: it is not known why; see var/dump/2026-11-27T12-00-00Z, and then:"
                + " bin/slipway dump ack 2026-11-27T12-00-00Z");
    assertThat(StatusOf.text(home)).contains("dump: " + Scene.told(dump));
    dumps.acknowledge(dump);
    assertThat(StatusOf.text(home)).doesNotContain("dump: ");
  }

  /** What {@code status} prints. */
  private static final class StatusOf {
    static String text(Home home) throws Exception {
      var out = new java.io.ByteArrayOutputStream();
      new Status(home, new java.io.PrintStream(out, true)).run();
      return out.toString();
    }
  }
}

package slipway.server.core.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.server.core.watch.HeapDump.Held;
import slipway.server.core.watch.Offence.Culprit;

@Timeout(120)
class HeapDumpTest {

  private static final Culprit BAD = new Culprit("bad", "1.0.0", 77);
  private static final long ROOM = 24 << 20;

  @TempDir Path home;

  /** What fills the memory; each has 16 bytes of fields. */
  static final class Kept {
    long first;
    long second;
  }

  /** A program that keeps more than it has memory for. */
  static final class Filler {

    private static final List<Object> ALL = new ArrayList<>();

    private Filler() {}

    public static void main(String[] arguments) {
      while (true) {
        fill();
      }
    }

    private static void fill() {
      ALL.add(new Kept());
    }
  }

  private static Held held(HeapDump dump, String type) {
    return dump.held().stream().filter(held -> held.type().equals(type)).findFirst().orElseThrow();
  }

  private Path dump() throws IOException {
    Path file = home.resolve("live.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
    return file;
  }

  /** Runs the program until it has no memory left. */
  private Path withoutMemory(boolean gzip) throws Exception {
    Path folder = Files.createDirectories(home.resolve("var/dump"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + ROOM,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+HeapDumpOnOutOfMemoryError",
                "-XX:HeapDumpPath=" + folder,
                "-XX:HeapDumpGzipLevel=" + (gzip ? 1 : 0),
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Filler.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("out").toFile())
            .start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    try (Stream<Path> dumps = Files.list(folder)) {
      return Files.move(
          dumps.findFirst().orElseThrow(), folder.resolve("heap.hprof" + (gzip ? ".gz" : "")));
    }
  }

  private static Function<String, Optional<Culprit>> bad() {
    return type ->
        type.startsWith(HeapDumpTest.class.getName()) ? Optional.of(BAD) : Optional.empty();
  }

  @Test
  void objectsAndArraysAreCountedByTheirClasses() throws Exception {
    List<Kept> kept = IntStream.range(0, 5_000).mapToObj(i -> new Kept()).toList();
    Kept[][] arrays = new Kept[7][3_000];
    HeapDump dump = HeapDump.read(dump());
    String name = Kept.class.getName();
    assertThat(held(dump, name).objects()).isEqualTo(kept.size());
    assertThat(held(dump, name).bytes()).isEqualTo(kept.size() * 32L);
    assertThat(held(dump, name + "[]").objects()).isEqualTo(arrays.length);
    assertThat(held(dump, name + "[]").bytes()).isGreaterThan(7 * 3_000 * 4L);
    assertThat(held(dump, name + "[][]").objects()).isEqualTo(1);
    assertThat(held(dump, name + "[][]").element()).isEqualTo(name);
    assertThat(held(dump, "byte[]").bytes()).isPositive();
    assertThat(held(dump, "int[]").objects()).isPositive();
    assertThat(dump.held()).isSortedAccordingTo((a, b) -> Long.compare(b.bytes(), a.bytes()));
    assertThat(dump.stack()).isEmpty();
  }

  private static void spin(CountDownLatch begun, AtomicBoolean over) {
    begun.countDown();
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aThreadThatSpinsDoesNotWait() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean over = new AtomicBoolean();
    Thread spinning = Thread.ofPlatform().start(() -> spin(begun, over));
    begun.await();
    try {
      assertThat(HeapDump.read(dump()).running())
          .anySatisfy(
              stack ->
                  assertThat(stack).extracting(StackTraceElement::getMethodName).contains("spin"));
    } finally {
      over.set(true);
      spinning.join();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoFilledTheMemoryIsNamed(boolean gzip) throws Exception {
    Path dump = withoutMemory(gzip);
    assertThat(MemoryReport.unread(dump.getParent())).contains(dump);
    MemoryReport.report(home, dump, ROOM, bad());
    Path text = dump.resolveSibling("memory.txt");
    assertThat(Files.readString(text))
        .contains("as no memory was left.\nCode of services that ran just then: bad 1.0.0 in ")
        .containsPattern("  " + Filler.class.getName().replace("$", "[$]") + "[.]main\\(HeapDump")
        .containsPattern(
            "Of [0-9,]+ MB of objects, most were "
                + Kept.class.getName().replace("$", "[$]")
                + " with [0-9]+ MB; of services' own classes those of bad 1[.]0[.]0 with");
    assertThat(text).content().doesNotContain("There is room");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(text)))
        .isEqualTo("rw-------");
    assertThat(MemoryReport.unread(dump.getParent())).isEmpty();
  }

  /** Java makes the dump for the first thread that runs out, while others go on. */
  @Test
  void itIsToldIfWhatFilledTheMemoryIsNotInTheDumpAnyMore() throws Exception {
    MemoryUse use = MemoryUse.of(HeapDump.read(dump()), 900L << 30, type -> Optional.empty());
    assertThat(use.sentences()).first().isEqualTo("No service's code ran just then");
    assertThat(use.sentences())
        .last()
        .isEqualTo(
            "There is room for 966,368 MB: one object would have taken more than the rest, or "
                + "what had filled it was released before the dump was made");
  }

  @Test
  void aFolderWithoutAHeapHasNoneToRead() throws Exception {
    assertThat(MemoryReport.unread(home.resolve("nothing"))).isEmpty();
    Files.createFile(home.resolve("error.log"));
    assertThat(MemoryReport.unread(home)).isEmpty();
  }

  @Test
  void aDumpThatIsNotWholeIsRefused() throws Exception {
    Path whole = dump();
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = home.resolve("var/dump/java_pid1.hprof");
    Files.createDirectories(cut.getParent());
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> MemoryReport.report(home, cut, ROOM, bad()))
        .isInstanceOf(IOException.class)
        .hasMessage("var/dump/java_pid1.hprof cannot be read: it is not whole");
  }

  @Test
  void whatIsNoDumpIsRefused() throws Exception {
    Path file = home.resolve("java_pid1.hprof");
    Files.writeString(file, "JAVA PROFIL\0 of another kind", StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> HeapDump.read(file)).hasMessage("it is no heap dump of Java's");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> HeapDump.read(file)).hasMessage("it is no heap dump of Java's");
  }
}

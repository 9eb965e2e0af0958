package slipway.server.profile.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slipway.admin.AdminException;
import slipway.admin.DumpAdmin;
import slipway.admin.DumpStatus;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.command.CommandException;
import slipway.server.profile.ProfileDesk;
import slipway.server.profile.jfr.Repository;
import slipway.server.profile.jfr.TestVersion;
import slipway.server.profile.jfr.VersionEvents;

@Timeout(300)
class RecordingsTest {

  @TempDir Path folder;

  private TestVersion burns;
  private TestVersion allocates;
  private VersionEvents versions;
  private Repository repository;
  private String refusal;
  private final DumpAdmin dumps =
      fake(
          DumpAdmin.class,
          () -> {
            if (refusal != null) {
              throw new AdminException(refusal);
            }
            return new DumpStatus("2026", folder, "a recording", 7, true);
          });
  private final ServiceAdmin services =
      fake(
          ServiceAdmin.class,
          () ->
              List.of(new ServiceStatus("idle", 0, ServiceState.FIXED, "1.0.0", 7, "ACTIVE", "")));
  private Flames flames;
  private LastMinutes last;
  private ProfileDesk shell;

  @BeforeEach
  void begin() throws Exception {
    burns = new TestVersion("1.0.0", false);
    allocates = new TestVersion("1.1.0", true);
    versions = new VersionEvents(() -> TestVersion.known(burns, allocates));
    repository = new Repository(folder.resolve("jfr"));
    flames = new Flames(repository, versions, services);
    last = new LastMinutes(repository, versions, Map.of());
    shell =
        new ProfileDesk(
            null,
            new Recordings(
                flames, last, dumps, folder.resolve("dump"), InstantSource.fixed(Instant.EPOCH)));
  }

  @AfterEach
  void end() throws Exception {
    shell.close();
    last.deactivate();
    flames.deactivate();
    versions.end();
    burns.end();
    allocates.end();
    assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
  }

  /** Answers all that it is asked in one way. */
  private static <T> T fake(Class<T> type, Callable<?> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.call()));
  }

  private List<String> files() throws Exception {
    try (Stream<Path> all = Files.list(folder.resolve("dump"))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  // ---- flame graphs ----------------------------------------------------------------------------

  @Test
  void whatAServiceComputesIsOneFileOfTheHostsUser() throws Exception {
    Path file = folder.resolve("dump/flame-19700101T000000Z.html");
    assertThat(shell.run("profile flame --service work --for 2s"))
        .matches("[1-9]\\d* samples are in " + file + "\n");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains("CPU of work, 2 s");
    assertThat(FlamePage.frames(Files.readString(file)))
        .anyMatch(name -> name.startsWith("slipway.server.profile.jfr.Work."));
    assertThat(files()).containsExactly(file.getFileName().toString());
  }

  @Test
  void whatAServiceAllocatesIsDrawnToo() throws Exception {
    Path file = folder.resolve("allocated.html");
    shell.run("profile flame --alloc --service work --for 2s --to " + file);
    assertThat(Files.readString(file)).contains("Allocation of work");
    assertThat(FlamePage.frames(Files.readString(file)))
        .contains("slipway.server.profile.jfr.Work.run", "byte[]");
  }

  @Test
  void whatHasDoneNothingLeavesNoFile() throws Exception {
    assertThatThrownBy(() -> shell.run("profile flame --service idle --for 1s"))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "profile flame: no sample was taken of service idle: it did nothing of the kind in"
                + " 1 s");
    assertThat(files()).isEmpty();
    assertThat(folder.resolve("jfr")).isDirectoryNotContaining("glob:**/scratch-*");
  }

  @Test
  void aServiceThatIsNotThereIsRefusedBeforeItIsWaitedFor() {
    assertThatThrownBy(() -> shell.run("profile flame --service nobody"))
        .isInstanceOf(CommandException.class)
        .hasMessage("profile flame: there is no service nobody: allowed are idle, work");
  }

  @Test
  void aFlameGraphIsBoundedAndReplacesNothing() throws Exception {
    Path there = Files.writeString(folder.resolve("there"), "mine");
    for (String[] refused :
        new String[][] {
          {"--for 0s", "profile flame: --for: allowed is 1s to 10m"},
          {"--for 11m", "profile flame: --for: allowed is 1s to 10m"},
          {"--to " + there, "profile flame: " + there + " is there already; name a new file"},
        }) {
      assertThatThrownBy(() -> shell.run("profile flame " + refused[0]))
          .isInstanceOf(CommandException.class)
          .hasMessage(refused[1]);
    }
    assertThatThrownBy(() -> shell.run("profile flame --to " + folder.resolve("none/x")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("cannot be written");
    assertThat(Files.readString(there)).isEqualTo("mine");
  }

  @Test
  void aBundleThatStopsEndsTheFlameGraph() {
    flames.deactivate();
    assertThatThrownBy(() -> shell.run("profile flame"))
        .isInstanceOf(CommandException.class)
        .hasMessage("profile flame: the profiler has ended");
  }

  // ---- the last minutes ------------------------------------------------------------------------

  private static Recording only() {
    List<Recording> all = FlightRecorder.getFlightRecorder().getRecordings();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static boolean isRecorded() {
    return FlightRecorder.getFlightRecorder().getRecordings().stream()
        .anyMatch(each -> each.getState() == RecordingState.RUNNING);
  }

  @Test
  void nothingIsRecordedUntilItIsWanted() throws Exception {
    assertThat(shell.run("profile record")).isEqualTo("off\n");
    assertThat(isRecorded()).isFalse();
    assertThat(shell.run("profile record on"))
        .isEqualTo("on: the last 30m, at most 100 MiB, are kept\n");
    assertThat(shell.run("profile record on"))
        .isEqualTo("on already: the last 30m, at most 100 MiB, are kept\n");
    assertThat(only().getMaxAge()).isEqualTo(Duration.ofMinutes(30));
    assertThat(only().getMaxSize()).isEqualTo(100L << 20);
    assertThat(folder.resolve("jfr")).isNotEmptyDirectory();
    assertThat(shell.run("profile record off")).isEqualTo("off\n");
    assertThat(shell.run("profile record off")).isEqualTo("off already\n");
    assertThat(isRecorded()).isFalse();
  }

  @Test
  void whatIsKeptIsWrittenAsADumpAndRecordingContinues() throws Exception {
    shell.run("profile record on");
    assertThat(shell.run("profile record save")).isEqualTo("saved: " + folder + "\n");
    assertThat(isRecorded()).isTrue();
    refusal = "another dump is being written";
    assertThatThrownBy(() -> shell.run("profile record save"))
        .isInstanceOf(CommandException.class)
        .hasMessage("profile record save: another dump is being written");
  }

  @Test
  void whatIsRecordedHasTheVersions() throws Exception {
    shell.run("profile record on");
    Path file = folder.resolve("last.jfr");
    only().dump(file);
    assertThat(
            RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("slipway.Version"))
                .map(event -> event.getString("version"))
                .distinct())
        .containsExactlyInAnyOrder("1.0.0", "1.1.0");
  }

  @Test
  void whatIsNotRecordedCannotBeWritten() {
    assertThatThrownBy(() -> shell.run("profile record save"))
        .isInstanceOf(CommandException.class)
        .hasMessage("profile record save: nothing is recorded; begin by: profile record on");
  }

  @Test
  void theConfigurationTurnsItOnAndOffWhileItRuns() throws Exception {
    last.modified(Map.of("record", "true", "record.age", "5m", "record.size", "20"));
    Recording begun = only();
    assertThat(begun.getMaxAge()).isEqualTo(Duration.ofMinutes(5));
    last.modified(Map.of("record", "true", "record.age", "6m", "record.size", "30"));
    assertThat(only()).as("another limit loses nothing").isSameAs(begun);
    assertThat(begun.getMaxAge()).isEqualTo(Duration.ofMinutes(6));
    assertThat(begun.getMaxSize()).isEqualTo(30L << 20);
    last.modified(Map.of("record", "perhaps"));
    assertThat(only()).as("refused: nothing changes").isSameAs(begun);
    last.modified(Map.of("record", "false"));
    assertThat(isRecorded()).isFalse();
  }

  @Test
  void whatAnOperatorTurnedOnStaysWhenOnlyLimitsChange() throws Exception {
    shell.run("profile record on");
    Recording begun = only();
    last.modified(Map.of("record.age", "7m"));
    assertThat(only()).isSameAs(begun);
    assertThat(begun.getMaxAge()).isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  void foldersOfHostsThatWereKilledAreDeleted() throws Exception {
    Path left = folder.resolve("jfr/2026_11_27_14_37_54_1");
    Files.createDirectories(left);
    Files.writeString(left.resolve("chunk.jfr"), "left");
    Path scratch = Files.writeString(folder.resolve("jfr/scratch-1.jfr"), "left");
    Path other = Files.createDirectories(folder.resolve("jfr/mine"));
    shell.run("profile record on");
    assertThat(left).doesNotExist();
    assertThat(scratch).doesNotExist();
    assertThat(other).exists();
  }
}

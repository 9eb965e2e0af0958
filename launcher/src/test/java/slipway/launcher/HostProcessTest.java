package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.dump.kept.Bounds;
import slipway.dump.kept.DumpFolder;
import slipway.dump.kept.KeptDump;

/** Real processes: what the operating system does with locks and signals is the point. */
@Timeout(180)
class HostProcessTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = HostProcess.makeHome(folder);
  }

  private int status() throws Exception {
    out.reset();
    return new Status(home, new PrintStream(out, true, StandardCharsets.UTF_8)).run();
  }

  @Test
  void statusTellsOfAHostThatRuns() throws Exception {
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);

      assertThat(status()).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("pid " + host.pid())
          .endsWith("starting\n");
    }
  }

  @Test
  void statusIsNotDeceivedByAHostThatWasKilled() throws Exception {
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      host.kill();
      host.exitCode();
    }

    assertThat(home.pidFile()).exists();
    assertThat(status()).isEqualTo(ExitCode.NOT_RUNNING);
  }

  @Test
  void statusIsNotDeceivedByAPidThatIsUsedAgain() throws Exception {
    Files.createDirectories(home.run());
    Files.writeString(home.lockFile().path(), "");
    Files.writeString(home.pidFile(), ProcessHandle.current().pid() + "\n");

    assertThat(status()).isEqualTo(ExitCode.NOT_RUNNING);
  }

  @Test
  void aClockThatWasSetDeceivesNobody() throws Exception {
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      host.awaitFramework(home);
      for (String time : List.of("1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z")) {
        FileTime set = FileTime.from(Instant.parse(time));
        Files.setLastModifiedTime(home.pidFile(), set);
        Files.setLastModifiedTime(home.lockFile().path(), set);

        assertThat(status()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("pid " + host.pid());
        try (HostProcess second = HostProcess.start(home, "run")) {
          assertThat(second.output()).singleElement().asString().contains("already");
        }
      }
      Files.setLastModifiedTime(home.pidFile(), FileTime.fromMillis(0));
      PrintStream print = new PrintStream(out, true);

      assertThat(new Stop(home, print, print).run(List.of())).isZero();

      assertThat(out.toString(StandardCharsets.UTF_8)).contains("stopped by SIGTERM");
      assertThat(host.exitCode()).isEqualTo(143);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "x", "999999999999999999999", "1"})
  void aHostWhosePidFileIsWrongIsFoundByItsLock(String recorded) throws Exception {
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      Files.writeString(home.pidFile(), recorded);

      assertThat(status()).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("pid " + host.pid());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"var", "var/run", "var/run/host.lock"})
  void aHostWhoseVarIsDeletedLetsNoOtherInAndCanBeStopped(String deleted) throws Exception {
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      host.awaitFramework(home);
      delete(home.root().resolve(deleted));

      try (HostProcess second = HostProcess.start(home, "run")) {
        assertThat(second.output())
            .containsExactly(
                "slipway: a host runs in " + home.root() + " already (pid " + host.pid() + ")");
        assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
      }
      assertThat(status()).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("pid " + host.pid())
          .contains("var/run was deleted while it ran");
      PrintStream print = new PrintStream(out, true);
      assertThat(new Stop(home, print, print).run(List.of())).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("stopped by SIGTERM");
      assertThat(host.exitCode()).isEqualTo(143);
      assertThat(status()).isEqualTo(ExitCode.NOT_RUNNING);
    }
  }

  @Test
  void foldersThatShareTheirLibraryHaveAHostEach() throws Exception {
    Home other = HostProcess.makeHome(Files.createDirectory(folder.resolve("other")));
    delete(other.startLevels().getParent());
    Files.createSymbolicLink(other.startLevels().getParent(), home.startLevels().getParent());
    try (HostProcess first = HostProcess.start(home, "run");
        HostProcess second = HostProcess.start(other, "run")) {
      first.awaitLock(home);
      second.awaitLock(other);

      assertThat(HostLock.holder(home).orElseThrow().pid()).isEqualTo(first.pid());
      assertThat(HostLock.holder(other).orElseThrow().pid()).isEqualTo(second.pid());
    }
  }

  @Test
  void aHostRunsThoughItMayWriteNothingOutsideOfVar() throws Exception {
    Files.createDirectory(home.outerLockFile().path()); // root may write to what is read-only
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);

      assertThat(status()).isZero();
      try (HostProcess second = HostProcess.start(home, "run")) {
        assertThat(second.output()).singleElement().asString().contains("already");
      }
    }
  }

  /** Again and again, as a host that runs may write there meanwhile. */
  private static void delete(Path path) throws IOException {
    while (Files.exists(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(one);
        }
      } catch (DirectoryNotEmptyException | NoSuchFileException changed) {
        Pause.briefly();
      } catch (UncheckedIOException unreadable) {
        if (!(unreadable.getCause() instanceof NoSuchFileException)) {
          throw unreadable;
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\\b"})
  void aFolderWhoseNameHasALineEndOrABackslashIsRefused(String name) throws Exception {
    Home odd = HostProcess.makeHome(Files.createDirectory(folder.resolve(name)));
    try (HostProcess host = HostProcess.start(odd, "run")) {
      assertThat(host.output()).singleElement().asString().contains("control character");
      assertThat(host.exitCode()).isEqualTo(ExitCode.FAILED);
    }
  }

  @Test
  void whatCannotBeWrittenIsNamedWithTheReason() throws Exception {
    Files.writeString(home.var(), "a file");
    try (HostProcess host = HostProcess.start(home, "run")) {
      assertThat(host.output()).singleElement().asString().doesNotContain("Exception");
      assertThat(host.exitCode()).isEqualTo(ExitCode.FAILED);
    }
  }

  @Test
  void aSecondHostIsRefusedInOneLine() throws Exception {
    try (HostProcess first = HostProcess.start(home, "run")) {
      first.awaitLock(home);
      try (HostProcess second = HostProcess.start(home, "run")) {
        assertThat(second.output())
            .containsExactly(
                "slipway: a host runs in " + home.root() + " already (pid " + first.pid() + ")");
        assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
      }
      assertThat(status()).isZero();
    }
  }

  @Test
  void aSignalEndsTheHostInOrder() throws Exception {
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      host.awaitFramework(home);

      host.terminate();

      assertThat(host.exitCode()).isEqualTo(143);
      assertThat(home.pidFile()).doesNotExist();
    }
  }

  @Test
  void stopSendsASignalWhereNobodyAnswersOnTheSocket() throws Exception {
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      host.awaitFramework(home);
      ByteArrayOutputStream err = new ByteArrayOutputStream();

      int exitCode =
          new Stop(home, new PrintStream(out, true), new PrintStream(err, true)).run(List.of());

      assertThat(exitCode).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualTo("stopped by SIGTERM (pid " + host.pid() + ")\n");
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("does not answer");
      assertThat(host.exitCode()).isEqualTo(143);
    }
  }

  @Test
  void aHostsFoldersAreItsUsersAlone() throws Exception {
    Files.createDirectories(home.run());
    Files.setPosixFilePermissions(home.run(), PosixFilePermissions.fromString("rwxrwxrwx"));
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
    }

    for (Path made :
        List.of(
            home.var(),
            home.run(),
            home.log(),
            home.dumps(),
            home.temporary(),
            home.versions(),
            home.natives())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .as(made.toString())
          .isEqualTo("rwx------");
    }
  }

  @Test
  void whatAHostLeftBehindIsGoneWhenTheNextOneHasThePid() throws Exception {
    Files.createDirectories(home.run());
    Files.writeString(home.readyFile(), "ok\nof an earlier life\n");
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);

      assertThat(home.readyFile()).doesNotExist();
    }
  }

  @Test
  void aJarThatIsNoBundleIsNamedAndTheHostGoesOn() throws Exception {
    Files.writeString(home.bundles().resolve("broken.jar"), "this is no jar");
    try (HostProcess host = HostProcess.start(home, "run")) {
      assertThat(host.line())
          .startsWith("slipway: " + home.bundles().resolve("broken.jar") + " cannot be installed");

      host.terminate();

      assertThat(host.output()).isEmpty();
      assertThat(host.exitCode()).isEqualTo(143);
    }
  }

  @Test
  void aWrongHostPropertyIsRefusedBeforeAnythingStarts() throws Exception {
    Files.writeString(home.hostProperties(), "slipway.transport = kqueue\n");
    try (HostProcess host = HostProcess.start(home, "run")) {
      assertThat(host.output())
          .containsExactly(
              "slipway: "
                  + home.hostProperties()
                  + ": slipway.transport = kqueue: allowed is auto, io_uring, epoll or nio");
      assertThat(host.exitCode()).isEqualTo(ExitCode.FAILED);
    }
  }

  @Test
  void aHostThatHasStoppedIsGivenTimeToWriteItsClassArchive() throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      Files.delete(home.pidFile()); // as when all has stopped
      try (FakeHost socket =
          new FakeHost(home.adminSocket(), request -> endingLater(host, "exiting\nSuccess"))) {
        Stop stop =
            new Stop(
                home, new PrintStream(out, true), new PrintStream(err, true), Duration.ofMillis(1));

        assertThat(stop.run(List.of("--timeout", "1ms"))).isZero();

        assertThat(socket.requests).hasSize(1);
      }
      assertThat(out.toString(StandardCharsets.UTF_8))
          .endsWith("stopped (pid " + host.pid() + ")\n");
      assertThat(err.size()).isZero();
    }
  }

  @Test
  void aHostThatDoesNotEndInTimeIsDumpedBeforeItIsEnded() throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      host.awaitFramework(home);
      try (FakeHost socket =
          new FakeHost(
              home.adminSocket(),
              request -> request.contains("dump") ? "services\nSuccess" : "exiting\nSuccess")) {
        Stop stop =
            new Stop(
                home, new PrintStream(out, true), new PrintStream(err, true), Duration.ofMillis(1));

        assertThat(stop.run(List.of("--timeout", "1ms"))).isZero();

        assertThat(socket.requests).hasSize(2);
      }
      KeptDump dump = DumpFolder.of(home.root(), Bounds.DEFAULT).unseen().getFirst();
      assertThat(dump.summary())
          .isEqualTo("the host did not stop in time: the host did not end within 0s");
      assertThat(err.toString(StandardCharsets.UTF_8)).contains(Scene.told(dump));
      assertThat(Files.readString(dump.folder().resolve("tree.txt"))).isEqualTo("services\n");
      assertThat(Files.readString(dump.folder().resolve("threads.json")))
          .contains("slipway.launcher.Host.run");
    }
  }

  private static String endingLater(HostProcess host, String reply) {
    Thread.ofVirtual()
        .start(
            () -> {
              for (int i = 0; i < 20; i++) {
                Pause.briefly();
              }
              host.kill();
            });
    return reply;
  }

  @Test
  void stoppingNoHostIsNoFailure() throws Exception {
    PrintStream print = new PrintStream(out, true);

    assertThat(new Stop(home, print, print).run(List.of("--timeout", "1s"))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("no host runs in " + home.root() + "\n");
  }
}

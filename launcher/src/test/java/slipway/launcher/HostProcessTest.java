package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: what the operating system does with locks and signals is the point. */
@Timeout(60)
class HostProcessTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = HostProcess.makeHome(folder);
  }

  private int status() throws IOException {
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
    Files.writeString(home.lockFile(), "");
    Files.writeString(home.pidFile(), ProcessHandle.current().pid() + "\n");

    assertThat(status()).isEqualTo(ExitCode.NOT_RUNNING);
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
        List.of(home.var(), home.run(), home.log(), home.temporary(), home.versions())) {
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
  void stoppingNoHostIsNoFailure() throws Exception {
    PrintStream print = new PrintStream(out, true);

    assertThat(new Stop(home, print, print).run(List.of("--timeout", "1s"))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("no host runs in " + home.root() + "\n");
  }
}

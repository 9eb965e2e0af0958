package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slipway.dump.kept.KeptDump;

/** A real process, whose virtual machine is asked as jcmd asks it. */
@Timeout(180)
class HungHostTest {

  @TempDir Path folder;

  private Home home;

  @BeforeEach
  void makeHome() throws Exception {
    home = HostProcess.makeHome(folder);
    home.prepare();
  }

  @Test
  void itsVirtualMachineTellsItsThreads() throws Exception {
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      ProcessHandle process = HostLock.holder(home).orElseThrow();
      KeptDump dump = new HungHost(home).threadsOf(process);
      assertThat(dump.acknowledged()).isTrue();
      assertThat(Files.readString(dump.folder().resolve("threads.json")))
          .contains("\"threadDump\"")
          .contains("slipway.launcher.Host.run");
      assertThat(Files.readString(dump.folder().resolve("threads.txt")))
          .contains("Full thread dump");
      try (var left = Files.newDirectoryStream(home.root(), ".attach_pid*")) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void aHostThatIsToBeKilledLeavesWhatShowsWhy() throws Exception {
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      KeptDump dump = new HungHost(home).of(HostLock.holder(home).orElseThrow(), "it hangs", true);
      assertThat(dump.summary()).isEqualTo("it hangs");
      assertThat(dump.acknowledged()).isFalse();
      assertThat(dump.folder().resolve("threads.json")).exists();
      assertThat(dump.folder().resolve("versions.txt")).exists();
      assertThat(Files.readString(dump.folder().resolve("event.txt")))
          .contains("tree.txt is missing");
    }
  }

  @Test
  void aSuspendedProcessIsSaidToBeOne() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")));
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      String pid = Long.toString(host.pid());
      assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
      while (!"T".equals(state(host.pid()))) {
        Pause.briefly();
      }
      ProcessHandle process = HostLock.holder(home).orElseThrow();
      assertThatThrownBy(() -> new HungHost(home).threadsOf(process))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("kill -CONT " + pid);
      KeptDump dump = new HungHost(home).of(process, "it hangs", false);
      assertThat(Files.readString(dump.folder().resolve("event.txt")))
          .contains("threads.json is missing or not whole: the process is suspended");
    }
  }

  private static String state(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
  }

  @Test
  void aCommandThatItsVirtualMachineDoesNotKnowIsAFailure() throws Exception {
    try (HostProcess host = HostProcess.start(home, "run")) {
      host.awaitLock(home);
      assertThatThrownBy(
              () -> new AttachSocket(host.pid(), Duration.ofMinutes(1)).execute("No.such"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("refuses");
    }
  }

  @Test
  void aDumpFromInsideHasItsOwnThreads() throws Exception {
    KeptDump dump = new HungHost(home).self("the bundles did not stop");
    assertThat(Files.readString(dump.folder().resolve("threads.txt")))
        .contains("aDumpFromInsideHasItsOwnThreads");
  }
}

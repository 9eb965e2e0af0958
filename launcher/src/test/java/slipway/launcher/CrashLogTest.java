package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashLogTest {

  @Test
  void aSignalIsNamedWithItsFrame() {
    CrashLog log =
        CrashLog.of(
            List.of(
                "#",
                "# A fatal error has been detected by the Java Runtime Environment:",
                "#",
                "#  SIGSEGV (0xb) at pc=0x00007fc32fc46f14 (sent by kill), pid=13322, tid=13322",
                "#",
                "# JRE version: OpenJDK Runtime Environment Temurin-25.0.3+9 (25.0.3+9)",
                "# Problematic frame:",
                "# C  [libc.so.6+0x85f14]",
                "# The JFR repository may contain useful JFR files. Location: /tmp/2026_1_13322"));
    assertThat(log.cause()).isEqualTo("SIGSEGV (0xb) (sent by kill), in C [libc.so.6+0x85f14]");
    assertThat(log.repository()).contains(Path.of("/tmp/2026_1_13322"));
  }

  @Test
  void nativeMemoryThatIsUsedUpIsSaid() {
    CrashLog log =
        CrashLog.of(
            List.of(
                "#",
                "# There is insufficient memory for the Java Runtime Environment to continue.",
                "# Native memory allocation (mmap) failed to map 65536 bytes.",
                "#  Out of Memory Error (os_linux.cpp:2798), pid=1, tid=2"));
    assertThat(log.cause())
        .isEqualTo("There is insufficient memory for the Java Runtime Environment to continue.");
    assertThat(log.repository()).isEmpty();
  }

  @Test
  void aFileThatWasCutSaysThatNothingIsKnown() {
    assertThat(CrashLog.of(List.of("#")).cause()).isEqualTo("it is not known why");
  }
}

package slipway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.bench.measure.ProcFiles.MachineTicks;

class ProcFilesTest {

  @Test
  void aProcesssTicksAreUserAndSystemTogetherWhateverItsNameIs() {
    String stat =
        "42 (a (b) 7 c) S 1 42 42 0 -1 4194304 950 0 3 0 150 25 900 800 20 0 31 0 11 22 33";
    assertThat(ProcFiles.parseProcessTicks(stat)).isEqualTo(175);
  }

  @Test
  void theMachineIsBusyWithAllButIdlingWaitingAndWhatWasStolen() {
    String stat = "cpu  100 1 50 1000 20 3 4 30 60 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n";
    assertThat(ProcFiles.parseMachineTicks(stat)).isEqualTo(new MachineTicks(158, 30, 1208));
  }

  @Test
  void kibibytesBecomeBytes() {
    List<String> lines = List.of("00-11 ---p 00 [rollup]", "Rss:            1234 kB", "Pss: 1 kB");
    assertThat(ProcFiles.parseKibibytes(lines, "Rss:")).isEqualTo(1234 * 1024);
  }

  @Test
  void writtenBytesAreThoseThatReachStorage() {
    List<String> lines = List.of("wchar: 99", "write_bytes: 8192", "cancelled_write_bytes: 4096");
    assertThat(ProcFiles.parseBytes(lines, "write_bytes:")).isEqualTo(8192);
  }

  @Test
  void aLineThatIsMissingIsNamed() {
    assertThatThrownBy(() -> ProcFiles.parseKibibytes(List.of(), "Rss:"))
        .hasMessageContaining("Rss:");
  }

  @Test
  void theFileLimitIsTheSoftOne() {
    List<String> limits =
        List.of(
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max open files            20000                524288               files     ");
    assertThat(Environment.parseFileLimit(limits)).isEqualTo(20_000);
  }

  @Test
  void aWindowAccountsWhatThisProcessUses() throws IOException {
    Window window = Window.open(ProcessHandle.current().pid());
    long end = System.nanoTime() + 60_000_000;
    long turns = 0;
    while (System.nanoTime() < end) {
      turns++;
    }
    Window.Account account = window.close();
    assertThat(turns).isPositive();
    assertThat(account.seconds()).isGreaterThanOrEqualTo(0.06);
    assertThat(account.serverMicros()).isNotNegative().isLessThan(60_000_000);
    assertThat(account.foreign()).isBetween(0.0, 1.0);
  }
}

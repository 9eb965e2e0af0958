package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.dump.Dump;
import slipway.dump.Dumpable;

class DumpTest {

  /** What a part of the test does. */
  private interface Describing {
    void to(Dump dump) throws Exception;
  }

  private final Shell shell = new Shell();

  @AfterEach
  void close() {
    shell.close();
  }

  private void bring(Duration patience, Dumpable... parts) {
    DumpCommand command = new DumpCommand(patience);
    for (Dumpable part : parts) {
      command.addPart(part);
    }
    shell.bring(command);
  }

  private static Dumpable part(String title, Describing describing) {
    return new Dumpable() {
      @Override
      public String title() {
        return title;
      }

      @Override
      public void dump(Dump dump) throws Exception {
        describing.to(dump);
      }
    };
  }

  @Test
  void partsAreShownAsTreesInTheOrderOfTheirTitles() throws Exception {
    bring(
        Duration.ofMinutes(1),
        part("services", dump -> dump.line("echo: FIXED").line("version 1.0.0").line("users 2")),
        part(
            "loops",
            dump -> {
              dump.line("one");
              dump.line("two\u001b[2J");
            }));
    assertThat(shell.run("dump"))
        .isEqualTo(
            """
            loops
              one
              two?[2J
            services
              echo: FIXED
                version 1.0.0
                  users 2
            """);
  }

  @Test
  void onlyThePartsThatAreNamedAreAsked() throws Exception {
    bring(
        Duration.ofMinutes(1),
        part("event loops", dump -> dump.line("one")),
        part(
            "services",
            dump -> {
              throw new AssertionError("not asked for");
            }));
    assertThat(shell.run("dump 'event loops'")).isEqualTo("event loops\n  one\n");
  }

  @Test
  void aPartThatIsNotThereIsRefusedWithThoseThatAre() {
    bring(Duration.ofMinutes(1), part("services", dump -> {}), part("loops", dump -> {}));
    assertThatThrownBy(() -> shell.run("dump threads"))
        .hasMessage("dump: PART threads: allowed are loops, services");
  }

  @Test
  void aPartThatFailsSaysSoAndOthersFollow() throws Exception {
    bring(
        Duration.ofMinutes(1),
        part(
            "a",
            dump -> {
              dump.line("before");
              throw new IllegalStateException("it is broken");
            }),
        part("b", dump -> dump.line("whole")));
    assertThat(shell.run("dump"))
        .isEqualTo(
            "a\n  before\n  ... failed: java.lang.IllegalStateException: it is broken\n"
                + "b\n  whole\n");
  }

  @Test
  void aPartThatComesToNoEndIsCutOffAndInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    bring(
        Duration.ofMillis(1),
        part(
            "a",
            dump -> {
              try {
                new CountDownLatch(1).await();
              } finally {
                interrupted.countDown();
              }
            }));
    assertThat(shell.run("dump")).isEqualTo("a\n  ... cut off after 1ms\n");
    interrupted.await();
  }
}

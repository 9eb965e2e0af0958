package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.admin.DumpAdmin;
import slipway.admin.DumpStatus;
import slipway.dump.Dump;
import slipway.dump.Dumpable;

class DumpTest {

  /** What a part of the test does. */
  private interface Describing {
    void to(Dump dump) throws Exception;
  }

  private final Shell shell = new Shell();
  private final FakeDumps dumps = new FakeDumps();

  @AfterEach
  void close() {
    shell.close();
  }

  private void bring(Duration patience, Dumpable... parts) {
    DumpCommand command = new DumpCommand(dumps, patience);
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
    assertThatThrownBy(() -> shell.run("dump memory"))
        .hasMessage("dump: PART memory: allowed are loops, services");
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

  @Test
  void threadsArePrintedAndWritten() throws Exception {
    bring(
        Duration.ofMinutes(1),
        part("threads", dump -> dump.line("main")),
        part("services", dump -> dump.line("echo")));
    assertThat(shell.run("dump threads"))
        .isEqualTo("threads\n  main\nthreads is in /var/dump/1 (1,000 bytes)\n");
    assertThat(shell.run("dump threads services")).isEqualTo("services\n  echo\nthreads\n  main\n");
    assertThat(shell.run("dump services threads")).isEqualTo("services\n  echo\nthreads\n  main\n");
    assertThat(dumps.made).containsExactly("threads");
  }

  @Test
  void aHeapIsWrittenOnlyWithConsent() throws Exception {
    bring(Duration.ofMinutes(1));
    String would =
        "dump heap would write up to 12,345 bytes of memory, with passwords of users, and stop the"
            + " host meanwhile";
    assertThatThrownBy(() -> shell.run("dump heap"))
        .hasMessage(would + "; to confirm: dump heap --yes");
    Person person = new Person();
    shell.session.put(slipway.command.Caller.VARIABLE, person);
    person.answers.add("no");
    assertThat(shell.run("dump heap")).isEmpty();
    assertThat(person.questions).containsExactly(would + ". Do it? [y/N]");
    assertThat(dumps.made).isEmpty();
    person.answers.add("y");
    assertThat(shell.run("dump heap")).isEqualTo("heap is in /var/dump/1 (1,000 bytes)\n");
    shell.run("dump heap --yes");
    assertThat(dumps.made).containsExactly("heap", "heap");
    assertThat(person.waits).contains("dump heap waits for the heap to be written");
  }

  @Test
  void theArchiveAsksOnlyForTheHeap() throws Exception {
    bring(Duration.ofMinutes(1));
    assertThat(shell.run("dump all")).isEqualTo("archive is in /var/dump/1 (1,000 bytes)\n");
    assertThatThrownBy(() -> shell.run("dump all --heap"))
        .hasMessageEndingWith("to confirm: dump all --heap --yes");
    shell.run("dump all --heap --yes");
    shell.run("dump recording");
    assertThat(dumps.made).containsExactly("archive", "archive with heap", "recording");
  }

  @Test
  void dumpsAreListedAndAcknowledged() throws Exception {
    bring(Duration.ofMinutes(1));
    assertThat(shell.run("dump ls"))
        .isEqualTo(
            """
            Name  Bytes  Seen  What                Folder
            2        10  no    the host crashed    /var/dump/2
            1      1000  yes   a dump of the heap  /var/dump/1
            """);
    assertThat(shell.run("dump ls --json"))
        .contains("\"name\":\"2\",\"bytes\":10,\"seen\":\"no\",\"what\":\"the host crashed\"");
    assertThat(shell.run("dump ack 2 1")).isEmpty();
    assertThat(dumps.acknowledged).containsExactly("2", "1");
    assertThatThrownBy(() -> shell.run("dump ack")).hasMessageContaining("NAME is missing");
  }

  /** Dumps that are only noted. */
  private static final class FakeDumps implements DumpAdmin {
    private final List<String> made = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();

    private static DumpStatus status(String name, String summary, long bytes, boolean seen) {
      return new DumpStatus(name, Path.of("/var/dump", name), summary, bytes, seen);
    }

    private DumpStatus make(String what) {
      made.add(what);
      return status("1", what.replaceFirst(" .*", ""), 1000, true);
    }

    @Override
    public List<DumpStatus> dumps() {
      return List.of(
          status("2", "the host crashed", 10, false),
          status("1", "a dump of the heap", 1000, true));
    }

    @Override
    public void acknowledge(String name) {
      acknowledged.add(name);
    }

    @Override
    public long heapBytes() {
      return 12_345;
    }

    @Override
    public DumpStatus heap() {
      return make("heap");
    }

    @Override
    public DumpStatus threads() {
      return make("threads");
    }

    @Override
    public DumpStatus recording() {
      return make("recording");
    }

    @Override
    public DumpStatus archive(boolean heap, Consumer<String> part) {
      part.accept("log");
      return make(heap ? "archive with heap" : "archive");
    }
  }
}

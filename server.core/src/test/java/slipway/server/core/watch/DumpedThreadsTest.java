package slipway.server.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import slipway.dump.Dump;

class DumpedThreadsTest {

  /** Keeps lines, each with two blanks for each branch that it is below. */
  private record Lines(List<String> all, String indent) implements Dump {
    @Override
    public Dump line(String text) {
      all.add(indent + text);
      return new Lines(all, indent + "  ");
    }
  }

  @Test
  void aThreadIsToldWithWhatItWaitsForAndWhereItIs() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread waiting =
        Thread.ofPlatform()
            .name("the one that waits")
            .daemon()
            .start(
                () -> {
                  begun.countDown();
                  try {
                    end.await();
                  } catch (InterruptedException over) {
                    Thread.currentThread().interrupt();
                  }
                });
    begun.await();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    List<String> lines = new ArrayList<>();
    new DumpedThreads().dump(new Lines(lines, ""));
    end.countDown();
    assertThat(lines.get(0)).startsWith("platform threads ");
    int told =
        lines.indexOf(
            lines.stream()
                .filter(line -> line.startsWith("the one that waits: WAITING on "))
                .findFirst()
                .orElseThrow());
    assertThat(lines.stream().skip(told + 1).takeWhile(line -> line.startsWith("  at ")))
        .anyMatch(line -> line.contains("CountDownLatch.await"));
  }

  @Test
  void virtualThreadsAtTheSamePlaceAreToldTogether() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(3);
    CountDownLatch end = new CountDownLatch(1);
    Runnable wait =
        () -> {
          begun.countDown();
          try {
            end.await();
          } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
          }
        };
    List<Thread> waiting =
        IntStream.range(0, 3).mapToObj(each -> Thread.startVirtualThread(wait)).toList();
    begun.await();
    while (waiting.stream().anyMatch(each -> each.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    List<String> lines = new ArrayList<>();
    new DumpedThreads().dump(new Lines(lines, ""));
    end.countDown();
    assertThat(lines)
        .anyMatch(line -> line.matches("virtual threads \\d+") && !line.endsWith(" 1"));
    assertThat(lines).anyMatch(line -> line.contains("CountDownLatch.await"));
  }
}

package slipway.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AllocationTest {

  private static final int OBJECT = 20_000_000;

  @Test
  void aProcessTellsWhatItHasAllocatedSinceItWasLastAsked() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes(Allocating.class).toString(),
                Allocating.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.getInputStream().read()).isEqualTo('.');
      try (Allocation allocation = Allocation.of(process.pid())) {
        allocation.bytesSinceLast();
        for (int i = 0; i < 20; i++) {
          process.getOutputStream().write('x');
          process.getOutputStream().flush();
          assertThat(process.getInputStream().read()).isEqualTo('x');
        }
        // the head of each array is 16 bytes, and little else is done
        assertThat(allocation.bytesSinceLast())
            .isBetween(20.0 * Allocating.BYTES, 20.0 * Allocating.BYTES + 100_000);
        assertThat(allocation.bytesSinceLast()).isBetween(0.0, 100_000.0);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path classes(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void threadsThatAnswerAreLeftOut() throws Exception {
    try (Allocation allocation = here()) {
      CountDownLatch end = new CountDownLatch(1);
      try {
        allocation.bytesSinceLast();
        allocateIn("RMI TCP Connection(2)-127.0.0.1", end);
        allocateIn("JMX server connection timeout 30", end);
        assertThat(allocation.bytesSinceLast()).isLessThan(OBJECT);
        allocateIn("event loop", end);
        assertThat(allocation.bytesSinceLast()).isBetween((double) OBJECT, 1.9 * OBJECT);
      } finally {
        end.countDown();
      }
    }
  }

  @Test
  void whatAThreadHadAllocatedBeforeItEndedIsNotTakenAway() throws Exception {
    try (Allocation allocation = here()) {
      CountDownLatch end = new CountDownLatch(1);
      Thread thread = allocateIn("worker", end);
      assertThat(allocation.bytesSinceLast()).isGreaterThan(OBJECT);
      end.countDown();
      thread.join();
      assertThat(allocation.bytesSinceLast()).isBetween(0.0, (double) OBJECT);
    }
  }

  private static Allocation here() {
    return new Allocation((ThreadMXBean) ManagementFactory.getThreadMXBean(), () -> {});
  }

  /** Returns when a thread has allocated an object; it stays until the end. */
  private static Thread allocateIn(String name, CountDownLatch end) throws InterruptedException {
    CountDownLatch allocated = new CountDownLatch(1);
    Thread thread =
        Thread.ofPlatform()
            .name(name)
            .start(
                () -> {
                  byte[] object = new byte[OBJECT];
                  object[0] = 1;
                  allocated.countDown();
                  try {
                    end.await();
                  } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                  }
                });
    allocated.await();
    return thread;
  }

  @Test
  void ofWhatIsNotJavaNothingIsKnown() throws IOException {
    Process process = new ProcessBuilder("sleep", "60").start();
    try (Allocation allocation = Allocation.of(process.pid())) {
      assertThat(allocation.bytesSinceLast()).isNaN();
    } finally {
      process.destroyForcibly();
    }
  }
}

package slipway.dump.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {

  @TempDir Path folder;

  @Test
  void virtualThreadsAreAmongTheThreads() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Thread waits =
        Thread.ofVirtual()
            .name("virtual-of-the-test")
            .start(
                () -> {
                  try {
                    over.await();
                  } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                  }
                });
    Path file = folder.resolve("threads.json");
    Diagnostics.threads(file);
    over.countDown();
    waits.join();
    assertThat(Files.readString(file)).contains("virtual-of-the-test");
    assertThat(Diagnostics.locks()).contains("Full thread dump");
  }

  @Test
  void theHeapIsCompressed() throws Exception {
    Path file = folder.resolve("heap.hprof.gz");
    Diagnostics.heap(file);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("JAVA PROFILE");
    }
  }

  @Test
  void aHeapThatCannotBeWrittenIsAFailure() {
    assertThatThrownBy(() -> Diagnostics.heap(folder.resolve("none").resolve("heap.hprof.gz")))
        .isInstanceOf(IOException.class);
  }
}

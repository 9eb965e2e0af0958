package slipway.server.data;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class H2WriterTest {

  private static final int TIMES = 5_000;

  /** Within this time a writer comes from its beginning to its sleep. */
  private static final int BEGINNING_NANOS = 120_000;

  private static final int AN_HOUR = 3_600_000;

  @TempDir private Path folder;

  /**
   * One that is told to end while it begins does not hear it, and sleeps for a third of its hour.
   */
  @Test
  @Timeout(value = 5, unit = MINUTES)
  void aWriterThatHasJustBeenStartedIsStoppedAtOnce() throws Exception {
    try (MVStore store = new MVStore.Builder().fileName(folder.resolve("some").toString()).open()) {
      for (int time = 0; time < TIMES; time++) {
        store.setAutoCommitDelay(AN_HOUR);
        long end = System.nanoTime() + time * 37L % BEGINNING_NANOS;
        while (System.nanoTime() - end < 0) {
          Thread.onSpinWait();
        }
        H2Writer.stop(store);
      }
      assertThat(store.getAutoCommitDelay()).isNegative();
    }
  }
}

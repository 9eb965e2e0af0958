package slipway.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.meter.Distribution;
import slipway.meter.Metric;
import slipway.meter.Readings;

class LogThreadTest {

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();

  private List<String> afterEvents(int count, String message) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    Path file = folder.resolve("slipway.log");
    LogFiles files = new LogFiles(context, file, new LogFiles.Limits(100_000_000, 1, 100_000_000));
    files.open();
    LogThread thread = new LogThread(files, new RecordOf(id -> ""), InstantSource.system());
    for (int i = 0; i < count; i++) { // before it runs, as if the disk stood still
      LoggingEvent event =
          new LoggingEvent("", context.getLogger("x"), Level.INFO, message + i, null, null);
      event.prepareForDeferredProcessing();
      thread.offer(event);
    }
    thread.start();
    thread.stop();
    thread.meter().read(new Figures());
    return Files.readAllLines(file);
  }

  @Test
  void nobodyWaitsForTheThreadAndTheLogSaysWhatWasDropped() throws Exception {
    assertThat(afterEvents(LogThread.WAITING + 5, "record "))
        .hasSize(LogThread.WAITING + 1)
        .anyMatch(
            line ->
                line.endsWith(
                    "5 records were dropped, as they came faster than they can be written"));
    assertThat(told)
        .contains(
            "slipway_log_records_total[info] " + LogThread.WAITING,
            "slipway_log_records_total[warn] 1",
            "slipway_log_dropped_total[] 5");
  }

  @Test
  void longMessagesDoNotFillTheMemory() throws Exception {
    assertThat(afterEvents(20, "x".repeat(1 << 20)))
        .hasSizeBetween(2, 17)
        .anyMatch(line -> line.contains(" records were dropped"));
  }

  /** Counters alone. */
  private final class Figures implements Readings {
    @Override
    public void value(Metric metric, double value, String... labels) {
      told.add(metric.name() + List.of(labels) + " " + (long) value);
    }

    @Override
    public void state(Metric metric, Enum<?> state, String... labels) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void info(Metric metric, String... labels) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void histogram(Metric metric, Distribution values, String... labels) {
      throw new UnsupportedOperationException();
    }
  }
}

package slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.bench.WorldSwapExperiment.Outcome;
import slipway.bench.peer.Bots;
import slipway.bench.report.Results;

class WorldSwapReportTest {

  @TempDir private Path folder;

  private static Bots.Report bots(long wrong, long p99Micros) {
    return new Bots.Report(
        Map.of("unexpectedCloses", 1L, "failedConnects", 0L, "botsLate", 9L, "frameErrors", wrong),
        Map.of(
            "updates",
            50_000L,
            "intervalP50Micros",
            40_000L,
            "intervalP99Micros",
            p99Micros,
            "intervalP999Micros",
            90_000L,
            "intervalMaxMicros",
            400_000L));
  }

  private String report(Outcome outcome) throws IOException {
    new Results(folder, List.of(WorldSwapExperiment.NAME))
        .write(new WorldSwapReport(List.of(outcome), 100).section(), Map.of("processor", "some"));
    return Files.readString(folder.resolve("README.md")).replaceAll(" +", " ");
  }

  @Test
  void gapsAreInPeriods() throws IOException {
    Histogram millis = new Histogram(3);
    millis.recordValue(2_000);
    String report =
        report(
            new Outcome(
                25,
                1_000,
                60,
                bots(0, 41_000),
                bots(2, 60_000),
                millis,
                1,
                7,
                List.of("swap 3: no"),
                List.of("world 1.0.1: []"),
                0.5));
    assertThat(report)
        .contains("| worldswap, 1,000 players, 25 FPS: connections dropped | 0 | 1 | missed by 1")
        .contains("25 FPS: packets lost, doubled, reordered | 0 | 2 | missed by 2.00 |")
        .contains("25 FPS: gap between updates, p99 | 2 periods | 1.50 periods | met |")
        .contains("25 FPS: swaps that failed | 0 | 1 |")
        .contains("| 25 FPS, without swaps | 1.00 | 1.03 | 2.25 | 10.0 | 1 | 50,000 |")
        .contains("| 25 FPS, swaps | 1.00 | 1.50 | 2.25 | 10.0 | 7 | 50,000 |")
        .contains("60 swaps, as time was up, under 1,000 players; other processes used 50 %")
        .contains("So the times are those of a busy machine. The bots say: ")
        .contains("versions gone but held | 0 | 1 | missed by 1.00 |")
        .contains("Gone but held: [world 1.0.1: []].")
        .contains("The first that failed: swap 3: no");
  }
}

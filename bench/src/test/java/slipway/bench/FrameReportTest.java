package slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.bench.FrameExperiment.Cell;
import slipway.bench.FrameExperiment.Empty;
import slipway.bench.FrameExperiment.Late;
import slipway.bench.FrameExperiment.Run;
import slipway.bench.report.Results;

class FrameReportTest {

  @TempDir private Path folder;

  private String report(List<Run> contract, List<Run> garbage) throws IOException {
    List<Empty> empty =
        List.of(new Empty(1, 60, 0.004, 0.01, 0), new Empty(100, 25, 0.12, 0.01, 0));
    new Results(folder, List.of(FrameExperiment.NAME))
        .write(new FrameReport(contract, empty, garbage).section(), Map.of("processor", "some"));
    return Files.readString(folder.resolve("README.md")).replaceAll(" +", " ");
  }

  private static Run run(int round, Cell cell, Late... loops) {
    return new Run(round, cell, List.of(loops), 130, 0.02);
  }

  @Test
  void framesOfAllRoundsAreOneSample() throws IOException {
    Cell quiet = new Cell(25, 0, false);
    String report =
        report(
            List.of(
                run(1, quiet, Late.of("host", 1, 100_000, 100_000), Late.of("C", 0, 200_000)),
                run(2, quiet, Late.of("host", 2, 400_000), Late.of("C", 0, 100_000))),
            List.of());
    assertThat(report)
        .contains("| frames, 25 FPS, empty, quiet: late p99, host ÷ C | 1.25 × | 2.00 × | missed")
        .contains("| frames, 25 FPS, empty, quiet: late p99, host | 500 µs | 400 µs | met |")
        .contains("| 25 FPS, empty, quiet | host | 100 | 400 | 400 | 400 | 3 | 3 | 2.00 | 2.00 |")
        .contains("| frames: CPU of an empty world at 60 FPS | 0.50 % of a processor | 0.40 %")
        .contains("| frames: CPU of 100 empty worlds at 25 FPS | 10 % of a processor | 12 %");
  }

  @Test
  void aLoopWithoutFramesIsNotMeasured() throws IOException {
    Cell quiet = new Cell(25, 0, false);
    assertThat(report(List.of(run(1, quiet, Late.of("host", 0), Late.of("C", 0, 5))), List.of()))
        .contains("| frames, 25 FPS, empty, quiet: late p99, host | 500 µs | | not measured |");
  }

  @Test
  void besideANeighbourOnlyTheRatioIsPromised() throws IOException {
    Cell busy = new Cell(60, 50, true);
    String report =
        report(
            List.of(run(1, busy, Late.of("host", 0, 9_000_000), Late.of("C", 0, 9_000_000))),
            List.of(
                run(
                    1,
                    new Cell(60, 0, false),
                    Late.of("host, G1", 0, 50_000),
                    Late.of("host, ZGC", 0, 25_000),
                    Late.of("C", 0, 50_000))));
    assertThat(report)
        .contains("60 FPS, 50 % busy, a busy neighbour: late p99.9, host ÷ C | 1.25 × | 1.000 ×")
        .doesNotContain("a busy neighbour: late p99, host |")
        .contains("| host, ZGC | 25.0 | 25.0 | 25.0 | 25.0 | 1 | 0 | 0.50 | 0.50 |");
  }
}

package slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.bench.PlayerExperiment.Run;
import slipway.bench.report.Results;

class PlayerReportTest {

  @TempDir private Path folder;

  private static Run run(int players, String server, double cpu, double missed) {
    double allocated = server.equals("host") ? 12 : Double.NaN;
    return new Run(
        players,
        server,
        1e6 * cpu / players,
        cpu,
        25_000,
        5e6,
        7.5,
        allocated,
        40,
        44,
        52,
        90,
        missed,
        0,
        0.3,
        0.02);
  }

  private String report(boolean isCompared, List<String> failures, Run... runs) throws IOException {
    new Results(folder, List.of(PlayerExperiment.NAME))
        .write(
            new PlayerReport(List.of(runs), failures, isCompared).section(),
            Map.of("processor", "some"));
    return Files.readString(folder.resolve("README.md")).replaceAll(" +", " ");
  }

  @Test
  void theMostIsOfThoseWhoseFramesCame() throws IOException {
    String report =
        report(
            true,
            List.of(),
            run(100, "host", 0.05, 0),
            run(100, "Colyseus", 0.1, 0),
            run(1_000, "host", 0.4, 0.009),
            run(1_000, "Colyseus", 0.9, 0.2),
            run(3_000, "host", 0.99, 0.01));
    assertThat(report)
        .contains("| players, 1,000 at 25 FPS: CPU, host | 50 % of a processor | 40 % of a")
        .contains("| players: most that are served, Colyseus ÷ host | 0.33 × | 0.10 × | met |")
        .contains(
            "| players: CPU, host ÷ Colyseus, of the most that both serve | 1.000 × | 0.50 × | met")
        .contains("| 100 | host | 5.00 | 500 | 25,000 | 5.00 | 7.50 | 12.0 | 30.0 | 2.00 |")
        .contains("| 100 | Colyseus | 10.0 | 1,000 | 25,000 | 5.00 | 7.50 | | 30.0 | 2.00 |")
        .contains("| 1,000 | Colyseus | 40.0 | 44.0 | 52.0 | 90.0 | 20.0 |");
  }

  @Test
  void withoutColyseusItIsTold() throws IOException {
    assertThat(report(false, List.of("host, 500 players: away"), run(100, "host", 0.05, 0)))
        .contains("Colyseus was not there, as npm has not installed it.")
        .contains("A run failed: host, 500 players: away.")
        .contains("| players, 1,000 at 25 FPS: CPU, host | 50 % of a processor | | not measured |")
        .doesNotContain("Colyseus ÷ host");
  }
}

package slipway.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

  private static final Map<String, String> HERE = Map.of("kernel", "Linux 6");

  @TempDir Path folder;
  private Results results;

  @BeforeEach
  void open() throws IOException {
    results = new Results(folder, List.of("echo", "idle"));
  }

  private void write(String name, double value) throws IOException {
    Section section = new Section(name);
    section.goal(new Goal(name + " goal", 1.5, value, "×"));
    section.paragraph("What " + name + " found.");
    section.chart("", name + " chart", new BarChart(name, "µs"));
    section.raw(List.of(Map.of("value", value)));
    results.write(section, HERE);
  }

  private String report() throws IOException {
    return Files.readString(folder.resolve("README.md"));
  }

  @Test
  void oneExperimentIsRepeatedAndTheOthersStay() throws IOException {
    write("idle", 1);
    write("echo", 1);
    write("idle", 3);
    assertThat(report())
        .containsSubsequence("echo goal", "met", "idle goal", "missed by 100.0 %")
        .containsSubsequence("## echo", "Linux 6", "What echo found.", "## idle");
  }

  @Test
  void chartsAndNumbersAreFilesBesideTheReport() throws IOException {
    write("echo", 1.25);
    assertThat(folder.resolve("echo.svg")).exists();
    assertThat(folder.resolve("echo.json")).content().contains("1.25");
    assertThat(report()).contains("![echo chart](echo.svg)");
  }

  @Test
  void whatCouldNotBeMeasuredIsSaid() throws IOException {
    write("echo", Double.NaN);
    assertThat(report()).contains("not measured");
  }
}

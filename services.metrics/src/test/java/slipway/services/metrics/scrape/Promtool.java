package slipway.services.metrics.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' own tool, of Debian's package {@code prometheus}. */
public final class Promtool {

  private static final Path TOOL = Path.of("/usr/bin/promtool");

  private Promtool() {}

  /**
   * Runs it, and fails if it complains. The test is skipped if it is not installed.
   *
   * @param input what it reads; a file
   */
  public static void run(Path input, String... arguments) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(TOOL), "promtool is not installed (Debian's prometheus)");
    List<String> command = new ArrayList<>(List.of(TOOL.toString()));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("promtool", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(input.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    } finally {
      Files.delete(said);
    }
  }
}

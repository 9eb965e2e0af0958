package slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import slipway.bench.measure.Environment;
import slipway.bench.peer.Peers;
import slipway.bench.report.Results;
import slipway.bench.report.Section;

/** The program behind {@code bench/run}; its working directory is the project's folder. */
final class Bench {

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("bench.distribution", "dist/target/slipway"));
  private static final Path RESULTS = Path.of("bench/results");

  /** Names for several experiments together. */
  private static final Map<String, List<String>> GROUPS =
      Map.of("worlds", List.of(FrameExperiment.NAME, PlayerExperiment.NAME));

  private Bench() {}

  public static void main(String[] arguments) throws IOException {
    Peers peers = new Peers(DISTRIBUTION);
    List<Experiment> all =
        List.of(
            new EchoExperiment(peers),
            new PacketExperiment(peers),
            new AcceptExperiment(peers),
            new IdleExperiment(peers),
            new StartExperiment(DISTRIBUTION),
            new SwapExperiment(DISTRIBUTION),
            new ChatExperiment(DISTRIBUTION),
            new FrameExperiment(DISTRIBUTION),
            new PlayerExperiment(DISTRIBUTION),
            new WorldSwapExperiment(DISTRIBUTION));
    List<String> names = all.stream().map(Experiment::name).toList();
    List<String> wanted = wanted(arguments);
    List<String> unknown = new ArrayList<>(wanted);
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      System.err.println(
          "bench/run: no experiment "
              + unknown.getFirst()
              + "; allowed are "
              + names
              + ", and "
              + GROUPS);
      System.exit(64);
    }
    if (!Files.isDirectory(DISTRIBUTION)) {
      System.err.println("bench/run: " + DISTRIBUTION + " is not there; it is built by bench/run");
      System.exit(1);
    }
    Map<String, String> environment = Environment.here();
    Results results = new Results(RESULTS, names);
    Progress progress = new Progress(System.out, Boolean.getBoolean("bench.terminal"));
    for (Experiment experiment : all) {
      if (wanted.isEmpty() || wanted.contains(experiment.name())) {
        Section section = experiment.run(progress);
        results.write(section, environment);
        progress.done(experiment.name() + " is measured");
      }
    }
    progress.done("the report is " + RESULTS.resolve("README.md"));
    System.exit(0);
  }

  private static List<String> wanted(String... arguments) {
    return Stream.of(arguments)
        .flatMap(name -> GROUPS.getOrDefault(name, List.of(name)).stream())
        .toList();
  }
}

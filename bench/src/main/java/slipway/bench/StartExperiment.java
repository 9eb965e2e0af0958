package slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import slipway.bench.load.Connecting;
import slipway.bench.measure.ProcFiles;
import slipway.bench.measure.Sample;
import slipway.bench.peer.FelixCopy;
import slipway.bench.peer.HostCopy;
import slipway.bench.peer.Pause;
import slipway.bench.peer.Startable;
import slipway.bench.report.BarChart;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/** From the start of the process to the first answered echo. */
final class StartExperiment implements Experiment {

  private static final String NAME = "start";
  private static final int ROUNDS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> ORDER =
      List.of("host", "bare Felix", "host, class archive", "bare Felix, class archive");

  private final Path distribution;

  private record Run(String server, double millis, double cpuMillis) {}

  StartExperiment(Path distribution) {
    this.distribution = distribution;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section run(Progress progress) throws IOException {
    int bundles = jars("bundle") + jars("services");
    List<Run> runs = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      try (Startable host = new HostCopy(distribution);
          Startable felix = new FelixCopy(distribution, bundles)) {
        for (String name : ORDER) {
          Run run = measure(name, name.startsWith("host") ? host : felix);
          runs.add(run);
          progress.tell(
              String.format(
                  "start: round %d of %d, %s: %.0f ms", round, ROUNDS, name, run.millis()));
        }
      }
    }
    return report(runs, bundles);
  }

  private int jars(String folder) throws IOException {
    try (Stream<Path> files = Files.list(distribution.resolve(folder))) {
      return (int) files.filter(file -> file.toString().endsWith(".jar")).count();
    }
  }

  private static Run measure(String name, Startable server) throws IOException {
    long begun = System.nanoTime();
    Process process = server.launch();
    try {
      long answered = firstEcho(process, server.port());
      return new Run(
          name,
          (answered - begun) / 1e6,
          ProcFiles.processTicks(process.pid()) * ProcFiles.MICROS_PER_TICK / 1e3);
    } finally {
      process.destroy(); // in order, as the class archive is written then
      process.onExit().join();
    }
  }

  private static long firstEcho(Process process, int port) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        Connecting.close(Connecting.open(port, 1));
        return System.nanoTime();
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw notYet;
        }
        Pause.millis(1);
      }
    }
  }

  private static Section report(List<Run> runs, int bundles) {
    Section section = new Section(NAME);
    section.paragraph(
        "From the start of the process, for the host that of `bin/slipway run`, to the first echo."
            + " Bare Felix has "
            + bundles
            + " bundles as the host has, but nothing is in them, and its echo is a socket of the"
            + " JDK. The first start is of a new folder, the next one has Java's class archive,"
            + " which the first has written when it ended.");
    String title = "Start to first echo";
    BarChart chart = new BarChart(title, "ms, less is better; the line is the spread of the runs");
    chart.group(bundles + " bundles");
    Table table = new Table("server", "ms", "spread", "CPU ms");
    for (String name : ORDER) {
      List<Run> own = runs.stream().filter(run -> run.server().equals(name)).toList();
      Sample millis = Sample.of(own.stream().map(Run::millis).toList());
      table.row(
          name,
          Numbers.of(millis.median()),
          Numbers.spread(millis),
          Numbers.of(Sample.of(own.stream().map(Run::cpuMillis).toList()).median()));
      chart.bar(name, millis.median(), millis.min(), millis.max(), name.startsWith("host"));
    }
    section.chart("", title, chart);
    section.table(table);
    section.raw(runs);
    return section;
  }
}

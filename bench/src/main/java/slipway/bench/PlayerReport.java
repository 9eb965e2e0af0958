package slipway.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import slipway.bench.PlayerExperiment.Run;
import slipway.bench.measure.Sample;
import slipway.bench.report.BarChart;
import slipway.bench.report.Goal;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/** What is said of players. */
final class PlayerReport {

  static final String HOST = "host";
  static final String COLYSEUS = "Colyseus";

  private static final int MANY = 1_000;
  private static final double MOST_CPU = 50;
  private static final String TITLE = "Server CPU per player";

  private final List<Run> runs;
  private final List<String> failures;
  private final boolean isCompared;

  /**
   * Of some runs.
   *
   * @param isCompared whether Colyseus was there
   */
  PlayerReport(List<Run> runs, List<String> failures, boolean isCompared) {
    this.runs = runs;
    this.failures = failures;
    this.isCompared = isCompared;
  }

  Section section() {
    Section section = new Section(PlayerExperiment.NAME);
    goals(section);
    section.paragraph(
        String.format(
            "Players of the game `world` at %d FPS, a third in each zone. Each walks once a second"
                + " to a place near the one before, and gets an update with each frame. A frame is"
                + " missed if nothing comes for more than one and a half periods: gaps between"
                + " updates count as whole periods, so it matters neither how a server keeps its"
                + " time nor whether it tells. There are too many players when more than %.0f %% of"
                + " the frames are missed, with the load on the same machine.",
            PlayerExperiment.FPS, 100 * PlayerExperiment.TOO_MANY));
    section.paragraph(
        isCompared
            ? "Colyseus has the same zones as rooms, with the same rules and the same bytes in each"
                + " packet, which it sends as they are (`client.raw`), by its WebSocket transport"
                + " on Node.js. It has no log-in and no database. The servers take turns at each"
                + " number of players; one that had too many is not asked again."
            : "Colyseus was not there, as npm has not installed it.");
    if (!runs.isEmpty()) {
      section.paragraph(disturbance());
    }
    failures.forEach(failure -> section.paragraph("A run failed: " + failure + "."));
    BarChart chart = new BarChart(TITLE, "µs a second, less is better");
    for (int players : runs.stream().mapToInt(Run::players).distinct().toArray()) {
      chart.group(String.format("%,d players", players));
      runs.stream()
          .filter(run -> run.players() == players)
          .forEach(run -> chart.bar(run.server(), run.cpuMicros(), 0, 0, isHost(run)));
    }
    section.chart("", TITLE, chart);
    section.table(costs());
    section.heading("Time between two updates of a player");
    section.table(times());
    section.raw(Map.of("runs", runs, "failures", failures));
    return section;
  }

  private static boolean isHost(Run run) {
    return run.server().equals(HOST);
  }

  // ---- goals -----------------------------------------------------------------------------------

  private void goals(Section section) {
    section.goal(
        new Goal(
            String.format("players, %,d at 25 FPS: CPU, host", MANY),
            MOST_CPU,
            100 * of(MANY, HOST, Run::cpu),
            "% of a processor"));
    if (isCompared) {
      int both = Math.min(most(HOST), most(COLYSEUS));
      section.goal(
          new Goal(
              "players: most that are served, Colyseus ÷ host",
              1 / 3.0,
              most(COLYSEUS) / (double) most(HOST),
              "×"));
      section.goal(
          new Goal(
              "players: CPU, host ÷ Colyseus, of the most that both serve",
              1,
              of(both, HOST, Run::cpuMicros) / of(both, COLYSEUS, Run::cpuMicros),
              "×"));
    }
    section.goal(
        new Goal(
            "players: frames whose number does not rise",
            0,
            runs.stream().filter(PlayerReport::isHost).mapToLong(Run::wrong).sum(),
            ""));
  }

  private double of(int players, String server, ToDoubleFunction<Run> number) {
    Optional<Run> found =
        runs.stream()
            .filter(run -> run.players() == players && run.server().equals(server))
            .findFirst();
    return found.isPresent() ? number.applyAsDouble(found.get()) : Double.NaN;
  }

  /** The most players whose frames came. */
  int most(String server) {
    return runs.stream()
        .filter(run -> run.server().equals(server) && run.missed() < PlayerExperiment.TOO_MANY)
        .mapToInt(Run::players)
        .max()
        .orElse(0);
  }

  // ---- tables ----------------------------------------------------------------------------------

  private Table costs() {
    Table table =
        new Table(
            "players",
            "server",
            "CPU %",
            "CPU µs/player/s",
            "packets/s",
            "MB/s",
            "KiB/player",
            "bytes allocated/packet",
            "load's CPU %",
            "others %");
    for (Run run : runs) {
      table.row(
          Numbers.of((long) run.players()),
          run.server(),
          Numbers.of(100 * run.cpu()),
          Numbers.of(run.cpuMicros()),
          Numbers.of(Math.round(run.packets())),
          Numbers.of(run.bytes() / 1e6),
          Numbers.of(run.memoryKib()),
          Double.isNaN(run.allocatedBytes()) ? "" : Numbers.of(run.allocatedBytes()),
          Numbers.of(100 * run.load()),
          Numbers.of(100 * run.foreign()));
    }
    return table;
  }

  private Table times() {
    Table table =
        new Table("players", "server", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "missed %");
    for (Run run : runs) {
      table.row(
          Numbers.of((long) run.players()),
          run.server(),
          Numbers.of(run.p50Millis()),
          Numbers.of(run.p99Millis()),
          Numbers.of(run.p999Millis()),
          Numbers.of(run.maxMillis()),
          Numbers.of(100 * run.missed()));
    }
    return table;
  }

  private String disturbance() {
    Sample foreign = Sample.of(runs.stream().map(Run::foreign).toList());
    return String.format(
        "While it was measured, other processes used %.0f %% of the machine (the median of the"
            + " runs; %.0f %% at most).",
        100 * foreign.median(), 100 * foreign.max());
  }
}

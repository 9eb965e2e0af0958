package slipway.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import slipway.bench.FrameExperiment.Cell;
import slipway.bench.FrameExperiment.Empty;
import slipway.bench.FrameExperiment.Late;
import slipway.bench.FrameExperiment.Run;
import slipway.bench.measure.Sample;
import slipway.bench.report.BarChart;
import slipway.bench.report.Goal;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/** What is said of frames. Percentiles are of the frames of all rounds together. */
final class FrameReport {

  static final String HOST = "host";
  static final String C = "C";
  static final String G1 = "host, G1";
  static final String ZGC = "host, ZGC";

  private static final double MOST_RATIO = 1.25;
  private static final double LATEST_P99_MICROS = 500;
  private static final double LATEST_P999_MICROS = 2500;
  private static final String TITLE = "How late frames are begun, p99";

  private final List<Run> contract;
  private final List<Empty> empty;
  private final List<Run> garbage;

  /** What the files have of one loop in one run. */
  private record Point(
      int round,
      String cell,
      String loop,
      long frames,
      long missed,
      double p50Micros,
      double p99Micros,
      double p999Micros,
      double maxMicros,
      double ownP99Micros,
      double foreign) {}

  FrameReport(List<Run> contract, List<Empty> empty, List<Run> garbage) {
    this.contract = contract;
    this.empty = empty;
    this.garbage = garbage;
  }

  Section section() {
    Section section = new Section(FrameExperiment.NAME);
    Map<Cell, List<Run>> cells = byCell(contract);
    cells.forEach((cell, runs) -> goals(section, cell, runs));
    goals(section);
    section.paragraph(
        "A world notes when its frames are begun. A C loop, which sleeps until absolute times with"
            + " `clock_nanosleep`, runs at the same time with as much CPU in each frame, so both see"
            + " the same neighbours. Late is the time from when a frame was due to its beginning; of"
            + " the host's frames the earliest counts as in time. Frames that were late by a period"
            + " are left out by both. The percentiles are of the frames of all rounds together.");
    section.paragraph(disturbance());
    BarChart chart = new BarChart(TITLE, "µs, less is better");
    cells.forEach(
        (cell, runs) -> {
          chart.group(cell.toString());
          chart.bar(HOST, all(runs, HOST).micros(99), 0, 0, true);
          chart.bar(C, all(runs, C).micros(99), 0, 0, false);
        });
    section.chart("", TITLE, chart);
    section.table(lateness(cells, List.of(HOST, C)));
    section.heading("Empty worlds");
    section.table(emptyWorlds());
    section.heading("Garbage");
    section.paragraph(
        String.format(
            "A world that allocates %,d KiB in each frame, and lets go of it after some, in two"
                + " hosts with different collectors; the two and the C loop, which has no garbage,"
                + " run at the same time.",
            FrameExperiment.GARBAGE_KIB));
    section.table(lateness(byCell(garbage), List.of(G1, ZGC, C)));
    section.raw(raw());
    return section;
  }

  // ---- goals -----------------------------------------------------------------------------------

  private static void goals(Section section, Cell cell, List<Run> runs) {
    Late host = all(runs, HOST);
    Late twin = all(runs, C);
    String what = "frames, " + cell + ": late ";
    for (double percentile : new double[] {99, 99.9}) {
      section.goal(
          new Goal(
              what + name(percentile) + ", host ÷ C",
              MOST_RATIO,
              host.micros(percentile) / twin.micros(percentile),
              "×"));
    }
    if (!cell.neighbour()) {
      section.goal(new Goal(what + "p99, host", LATEST_P99_MICROS, host.micros(99), "µs"));
      section.goal(new Goal(what + "p99.9, host", LATEST_P999_MICROS, host.micros(99.9), "µs"));
    }
  }

  private void goals(Section section) {
    for (Empty each : empty) {
      section.goal(
          new Goal(
              String.format("frames: CPU of %s at %d FPS", worlds(each), each.fps()),
              each.worlds() == 1 ? 0.5 : 10,
              100 * each.share(),
              "% of a processor"));
    }
  }

  private static String worlds(Empty of) {
    return of.worlds() == 1 ? "an empty world" : of.worlds() + " empty worlds";
  }

  private static String name(double percentile) {
    return percentile == 99 ? "p99" : "p99.9";
  }

  // ---- tables ----------------------------------------------------------------------------------

  private static Table lateness(Map<Cell, List<Run>> cells, List<String> loops) {
    Table table =
        new Table(
            "cell",
            "loop",
            "p50 µs",
            "p99 µs",
            "p99.9 µs",
            "max µs",
            "frames",
            "left out",
            "p99 × C",
            "p99.9 × C");
    cells.forEach(
        (cell, runs) -> {
          Late twin = all(runs, C);
          for (String loop : loops) {
            Late late = all(runs, loop);
            table.row(
                cell.toString(),
                loop,
                Numbers.of(late.micros(50)),
                Numbers.of(late.micros(99)),
                Numbers.of(late.micros(99.9)),
                Numbers.of(late.micros(100)),
                Numbers.of(late.nanos().getTotalCount()),
                Numbers.of(late.missed()),
                Numbers.ratio(late.micros(99) / twin.micros(99)),
                Numbers.ratio(late.micros(99.9) / twin.micros(99.9)));
          }
        });
    return table;
  }

  private Table emptyWorlds() {
    Table table = new Table("worlds", "FPS", "CPU %", "before them %", "others %");
    for (Empty each : empty) {
      table.row(
          Numbers.of((long) each.worlds()),
          Numbers.of((long) each.fps()),
          Numbers.of(100 * each.share()),
          Numbers.of(100 * each.before()),
          Numbers.of(100 * each.foreign()));
    }
    return table;
  }

  private String disturbance() {
    Sample foreign = Sample.of(contract.stream().map(Run::foreign).toList());
    return String.format(
        "While it was measured, other processes used %.0f %% of the machine (the median of the"
            + " runs; %.0f %% at most).",
        100 * foreign.median(), 100 * foreign.max());
  }

  // ---- runs ------------------------------------------------------------------------------------

  private static Map<Cell, List<Run>> byCell(List<Run> runs) {
    Map<Cell, List<Run>> cells = new LinkedHashMap<>();
    runs.forEach(run -> cells.computeIfAbsent(run.cell(), cell -> new ArrayList<>()).add(run));
    return cells;
  }

  private static Late all(List<Run> runs, String loop) {
    Histogram sum = new Histogram(3);
    long missed = 0;
    for (Run run : runs) {
      for (Late late : run.loops()) {
        if (late.loop().equals(loop)) {
          sum.add(late.nanos());
          missed += late.missed();
        }
      }
    }
    return new Late(loop, sum, missed);
  }

  private Map<String, Object> raw() {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("frames", points(contract));
    raw.put("empty", empty);
    raw.put("garbage", points(garbage));
    return raw;
  }

  private static List<Point> points(List<Run> runs) {
    List<Point> points = new ArrayList<>();
    for (Run run : runs) {
      for (Late late : run.loops()) {
        points.add(
            new Point(
                run.round(),
                run.cell().toString(),
                late.loop(),
                late.nanos().getTotalCount(),
                late.missed(),
                late.micros(50),
                late.micros(99),
                late.micros(99.9),
                late.micros(100),
                late.loop().equals(HOST) ? run.ownP99Micros() : Double.NaN,
                run.foreign()));
      }
    }
    return points;
  }
}

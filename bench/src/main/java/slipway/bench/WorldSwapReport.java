package slipway.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import slipway.bench.WorldSwapExperiment.Outcome;
import slipway.bench.measure.Repeats;
import slipway.bench.peer.Bots;
import slipway.bench.report.BarChart;
import slipway.bench.report.Goal;
import slipway.bench.report.Numbers;
import slipway.bench.report.Section;
import slipway.bench.report.Table;

/** What is said of worlds whose versions were swapped. */
final class WorldSwapReport {

  private static final String TITLE = "Time between two updates that a player gets";
  private static final double MOST_PERIODS = 2;

  /** As the bots call the percentiles. */
  private static final List<String> PERCENTILES = List.of("P50", "P99", "P999", "Max");

  private final List<Outcome> outcomes;
  private final int wanted;

  /**
   * Of some rates.
   *
   * @param wanted how many swaps there were to be
   */
  WorldSwapReport(List<Outcome> outcomes, int wanted) {
    this.outcomes = outcomes;
    this.wanted = wanted;
  }

  Section section() {
    Section section = new Section(WorldSwapExperiment.NAME);
    outcomes.forEach(outcome -> goals(section, outcome));
    section.paragraph(
        "Two versions of the game `world` are installed in turns, one right after the other, while"
            + " the host's bots play: each walks, talks and changes zones, and checks the number of"
            + " each frame and all that it is told. Wrong is what was lost, doubled, out of order,"
            + " or late by a second. Gaps are between two updates that a player gets, of all"
            + " players and all the time. Frames left out are those of all zones together.");
    outcomes.stream().map(this::words).forEach(section::paragraph);
    Table gaps = new Table("periods", "p50", "p99", "p99.9", "max", "frames left out", "updates");
    BarChart chart = new BarChart(TITLE, "periods of the world, less is better");
    for (Outcome outcome : outcomes) {
      row(gaps, chart, outcome, "without swaps", outcome.calm(), outcome.skippedCalm());
      row(gaps, chart, outcome, "swaps", outcome.swapped(), outcome.skipped());
    }
    section.chart("", TITLE, chart);
    section.table(gaps);
    section.table(installs());
    section.raw(outcomes.stream().map(WorldSwapReport::raw).toList());
    return section;
  }

  private static void goals(Section section, Outcome outcome) {
    String what =
        String.format("worldswap, %,d players, %d FPS: ", outcome.players(), outcome.fps());
    section.goal(new Goal(what + "connections dropped", 0, outcome.swapped().dropped(), ""));
    section.goal(
        new Goal(what + "packets lost, doubled, reordered", 0, outcome.swapped().wrong(), ""));
    section.goal(new Goal(what + "swaps that failed", 0, outcome.failures().size(), ""));
    section.goal(
        new Goal(
            what + "gap between updates, p99",
            MOST_PERIODS,
            periods(outcome, outcome.swapped(), "P99"),
            "periods"));
    section.goal(new Goal(what + "versions gone but held", 0, outcome.leaks().size(), ""));
  }

  private String words(Outcome outcome) {
    return String.format(
            "At %d FPS: %,d swaps%s under %,d players; other processes used %.0f %% of the"
                + " machine.",
            outcome.fps(),
            outcome.swaps(),
            outcome.swaps() < wanted ? ", as time was up," : "",
            outcome.players(),
            100 * outcome.foreign())
        + (outcome.foreign() > Repeats.FOREIGN ? " So the times are those of a busy machine." : "")
        + (outcome.swapped().faults().isEmpty()
            ? ""
            : " The bots say: " + outcome.swapped().faults() + ".")
        + (outcome.leaks().isEmpty() ? "" : " Gone but held: " + outcome.leaks() + ".")
        + (outcome.failures().isEmpty()
            ? ""
            : " The first that failed: " + outcome.failures().getFirst());
  }

  private static void row(
      Table table, BarChart chart, Outcome outcome, String how, Bots.Report report, long skipped) {
    String what = outcome.fps() + " FPS, " + how;
    List<String> cells = new ArrayList<>();
    cells.add(what);
    chart.group(what);
    for (String percentile : PERCENTILES) {
      double periods = periods(outcome, report, percentile);
      cells.add(Numbers.of(periods));
      chart.bar(name(percentile), periods, 0, 0, true);
    }
    cells.add(Numbers.of(skipped));
    cells.add(Numbers.of(report.figure("updates")));
    table.row(cells.toArray(String[]::new));
  }

  private static String name(String percentile) {
    return percentile.equals("P999") ? "p99.9" : percentile.replace("P", "p").replace("M", "m");
  }

  private static double periods(Outcome outcome, Bots.Report report, String percentile) {
    return report.figure("interval" + percentile + "Micros") * outcome.fps() / 1e6;
  }

  private Table installs() {
    Table table = new Table("a swap takes, ms", "p50", "p99", "max", "failed");
    for (Outcome outcome : outcomes) {
      Histogram millis = outcome.millis();
      table.row(
          outcome.fps() + " FPS",
          Numbers.of(millis.getValueAtPercentile(50)),
          Numbers.of(millis.getValueAtPercentile(99)),
          Numbers.of(millis.getMaxValue()),
          Numbers.of((long) outcome.failures().size()));
    }
    return table;
  }

  private static Map<String, Object> raw(Outcome outcome) {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("fps", outcome.fps());
    raw.put("players", outcome.players());
    raw.put("swaps", outcome.swaps());
    raw.put("failures", outcome.failures());
    raw.put("leaks", outcome.leaks());
    raw.put("skippedWithoutSwaps", outcome.skippedCalm());
    raw.put("skipped", outcome.skipped());
    raw.put("installMeanMillis", outcome.millis().getMean());
    raw.put("installMaxMillis", outcome.millis().getMaxValue());
    raw.put("withoutSwaps", outcome.calm());
    raw.put("withSwaps", outcome.swapped());
    raw.put("foreign", outcome.foreign());
    return raw;
  }
}

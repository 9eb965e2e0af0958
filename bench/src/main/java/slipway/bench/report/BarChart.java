package slipway.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars in groups, as SVG. Its colours follow the reader's light or dark scheme, and no
 * meaning is in colour alone: each bar has its name and its number beside it.
 */
public final class BarChart {

  private static final int WIDTH = 760;
  private static final int LEFT = 150;
  private static final int RIGHT = 110;
  private static final int BAR = 16;
  private static final int GAP = 5;
  private static final int TOP = 62;

  private static final String STYLE =
      """
      <style>
        .paper { fill: #ffffff } .text { fill: #24292f } .faint { fill: #59636e }
        .bar { fill: #8c959f } .ours { fill: #0969da } .spread { stroke: #24292f }
        text { font: 13px system-ui, sans-serif } .title { font-size: 16px; font-weight: 600 }
        @media (prefers-color-scheme: dark) {
          .paper { fill: #0d1117 } .text { fill: #e6edf3 } .faint { fill: #9198a1 }
          .bar { fill: #6e7681 } .ours { fill: #4493f8 } .spread { stroke: #e6edf3 }
        }
      </style>
      """;

  private record Bar(String name, double value, double min, double max, boolean ours) {}

  private record Group(String name, List<Bar> bars) {}

  private final String title;
  private final String unit;
  private final List<Group> groups = new ArrayList<>();

  /**
   * Begins a chart.
   *
   * @param unit what the numbers are, and which of them are good
   */
  public BarChart(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** Begins a group of bars. */
  public BarChart group(String name) {
    groups.add(new Group(name, new ArrayList<>()));
    return this;
  }

  /**
   * Adds a bar to the last group.
   *
   * @param min the spread's end, drawn as a line over the bar, as is {@code max}
   * @param ours whether it stands out
   */
  public BarChart bar(String name, double value, double min, double max, boolean ours) {
    groups.getLast().bars().add(new Bar(name, value, min, max, ours));
    return this;
  }

  /** The file's content. */
  @Override
  public String toString() {
    double greatest =
        groups.stream()
            .flatMap(group -> group.bars().stream())
            .mapToDouble(bar -> Math.max(bar.value(), bar.max()))
            .max()
            .orElse(1);
    double scale = (WIDTH - LEFT - RIGHT) / Math.max(greatest, 1e-9);
    StringBuilder body = new StringBuilder();
    int y = TOP;
    for (Group group : groups) {
      text(body, "text", 16, y + 13, group.name());
      y += BAR + GAP + 3;
      for (Bar bar : group.bars()) {
        draw(body, bar, y, scale);
        y += BAR + GAP;
      }
      y += 10;
    }
    StringBuilder chart = new StringBuilder();
    line(
        chart,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\""
            + " aria-label=\"%s\">",
        WIDTH,
        y,
        WIDTH,
        escape(title));
    chart.append(STYLE);
    line(chart, "<rect class=\"paper\" width=\"%d\" height=\"%d\" rx=\"8\"/>", WIDTH, y);
    line(chart, "<text class=\"text title\" x=\"16\" y=\"26\">%s</text>", escape(title));
    text(chart, "faint", 16, 46, unit);
    return chart.append(body).append("</svg>\n").toString();
  }

  private static void draw(StringBuilder out, Bar bar, int y, double scale) {
    line(
        out,
        "<text class=\"text\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>",
        LEFT - 8,
        y + 13,
        escape(bar.name()));
    line(
        out,
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
        bar.ours() ? "ours" : "bar",
        LEFT,
        y,
        bar.value() * scale,
        BAR);
    line(
        out,
        "<line class=\"spread\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
        LEFT + bar.min() * scale,
        LEFT + bar.max() * scale,
        y + BAR / 2,
        y + BAR / 2);
    text(
        out,
        "text",
        (int) (LEFT + Math.max(bar.value(), bar.max()) * scale) + 6,
        y + 13,
        Numbers.of(bar.value()));
  }

  private static void text(StringBuilder out, String type, int x, int y, String text) {
    line(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", type, x, y, escape(text));
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}

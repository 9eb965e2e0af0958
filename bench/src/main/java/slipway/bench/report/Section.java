package slipway.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one experiment hands over to be written. */
public final class Section {

  private final String name;
  private final List<Goal> goals = new ArrayList<>();
  private final Map<String, BarChart> charts = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();
  private Object raw = Map.of();

  /**
   * Begins a section.
   *
   * @param name the experiment's, which its files have as their name
   */
  public Section(String name) {
    this.name = name;
  }

  public void goal(Goal goal) {
    goals.add(goal);
  }

  /** Adds a paragraph. */
  public void paragraph(String words) {
    text.append(words.strip()).append("\n\n");
  }

  public void heading(String words) {
    text.append("### ").append(words).append("\n\n");
  }

  public void table(Table table) {
    text.append(table).append('\n');
  }

  /**
   * Adds a chart, which becomes a file.
   *
   * @param part told apart from the section's other charts by it; may be empty
   */
  public void chart(String part, String alternative, BarChart chart) {
    String file = name + (part.isEmpty() ? "" : "-" + part) + ".svg";
    charts.put(file, chart);
    paragraph("![" + alternative + "](" + file + ")");
  }

  /** Every run's numbers, as maps, lists and records. */
  public void raw(Object numbers) {
    raw = numbers;
  }

  String name() {
    return name;
  }

  List<Goal> goals() {
    return goals;
  }

  Map<String, BarChart> charts() {
    return charts;
  }

  String text() {
    return text.toString();
  }

  Object raw() {
    return raw;
  }
}

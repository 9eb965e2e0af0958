package slipway.bots.report;

import java.util.ArrayList;
import java.util.List;

/** A report as people read it. */
public final class TextReport {

  private record Line(String title, String value) {}

  private TextReport() {}

  /** The text, whose lines all end. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder(report.title()).append("\n\n");
    List<Line> checks = new ArrayList<>(List.of(new Line("Must be zero", "Count")));
    report
        .checks()
        .forEach(check -> checks.add(new Line(check.title(), Figure.grouped(check.count()))));
    append(text, checks);
    List<Line> figures = new ArrayList<>(List.of(new Line("Figure", "Value")));
    report.figures().forEach(figure -> figures.add(new Line(figure.title(), figure.text())));
    append(text.append('\n'), figures);
    report.notes().forEach(note -> text.append('\n').append(note).append('\n'));
    report.fault().ifPresent(fault -> append(text, fault));
    return text.toString();
  }

  private static void append(StringBuilder text, List<Line> lines) {
    int title = lines.stream().mapToInt(line -> line.title().length()).max().orElse(0);
    int value = lines.stream().mapToInt(line -> line.value().length()).max().orElse(0);
    for (Line line : lines) {
      text.append(line.title())
          .append(" ".repeat(title - line.title().length() + 2))
          .append(" ".repeat(value - line.value().length()))
          .append(line.value())
          .append('\n');
    }
  }

  private static void append(StringBuilder text, Fault fault) {
    text.append("\nThe first bad packet: ")
        .append(fault.what())
        .append(", of client ")
        .append(fault.client())
        .append("; differs at byte ")
        .append(fault.difference())
        .append(", shown from byte ")
        .append(fault.shownFrom())
        .append("\n  expected  ")
        .append(fault.expectedHex())
        .append("\n  got       ")
        .append(fault.gotHex())
        .append('\n');
  }
}

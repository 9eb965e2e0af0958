package slipway.services.metrics.health;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import slipway.health.Finding;
import slipway.health.HealthReport;
import slipway.health.HealthReport.Checked;
import slipway.health.Probe;

/** A report as a text for people, and as JSON. */
final class ReportText {

  private ReportText() {}

  /** One line: that all is well, or what has failed and why. */
  static String of(HealthReport report) {
    if (report.succeeds()) {
      return "ok\n";
    }
    return report.checks().stream()
            .filter(check -> check.finding().status() == Finding.Status.FAILED)
            .map(check -> check.name() + ": " + oneLine(check.finding().reason()))
            .collect(Collectors.joining("; ", "failed: ", ""))
        + "\n";
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /** All checks. */
  static String json(HealthReport report) {
    return json(report.probe(), report.succeeds(), "", report.checks());
  }

  /** A probe that fails as nothing could be checked. */
  static String json(Probe probe, String why) {
    return json(probe, false, why, List.of());
  }

  private static String json(Probe probe, boolean succeeds, String reason, List<Checked> checks) {
    return "{\"probe\":%s,\"status\":%s,\"reason\":%s,\"checks\":[%s]}\n"
        .formatted(
            quoted(probe.word()),
            quoted(succeeds ? "ok" : "failed"),
            quoted(reason),
            checks.stream().map(ReportText::json).collect(Collectors.joining(",")));
  }

  private static String json(Checked check) {
    return "{\"name\":%s,\"status\":%s,\"reason\":%s}"
        .formatted(
            quoted(check.name()),
            quoted(check.finding().status().name().toLowerCase(Locale.ROOT)),
            quoted(check.finding().reason()));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int at = 0; at < text.length(); at++) {
      char one = text.charAt(at);
      if (one == '"' || one == '\\') {
        quoted.append('\\').append(one);
      } else if (one < ' ' || Character.isSurrogate(one)) {
        quoted.append("\\u%04x".formatted((int) one));
      } else {
        quoted.append(one);
      }
    }
    return quoted.append('"').toString();
  }
}

package slipway.server.core.systemd;

import java.util.Optional;
import java.util.stream.Collectors;
import slipway.health.Finding;
import slipway.health.HealthReport;
import slipway.health.HealthReport.Checked;
import slipway.server.core.host.HostPhase;

/** What {@code systemctl status} shows of the host, in one line. */
final class StatusLine {

  private static final int LONGEST = 400;

  private StatusLine() {}

  /**
   * The line.
   *
   * @param phase where the host is
   * @param readiness whether clients may come; empty if nobody knows
   */
  static String of(HostPhase phase, Optional<HealthReport> readiness) {
    return switch (phase.phase()) {
      case STARTING -> "starting";
      case RUNNING -> running(phase.start().orElseThrow(), readiness);
      case WAITING -> "waits for its connections to end";
      case ENDING -> "ends";
    };
  }

  /** Until readiness has been asked for, the start says what is wrong. */
  private static String running(HostPhase.Start start, Optional<HealthReport> readiness) {
    if (readiness.isPresent() && !readiness.get().succeeds()) {
      return line(failures(readiness.get()));
    }
    String wrong =
        readiness
            .map(report -> those(report, Finding.Status.WARNING))
            .orElseGet(() -> String.join("; ", start.problems()));
    return line(wrong.isEmpty() ? start.line() : start.line() + "; " + wrong);
  }

  /** What makes a probe fail, for a person. */
  static String failures(HealthReport report) {
    return report.probe().word() + " fails: " + those(report, Finding.Status.FAILED);
  }

  private static String those(HealthReport report, Finding.Status status) {
    return report.checks().stream()
        .filter(checked -> checked.finding().status() == status)
        .map(StatusLine::text)
        .collect(Collectors.joining("; "));
  }

  private static String text(Checked checked) {
    return checked.name() + ": " + checked.finding().reason();
  }

  /** A line end would begin another word to systemd. */
  private static String line(String text) {
    String line = text.replaceAll("\\R", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}

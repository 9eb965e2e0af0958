package slipway.bots.peer;

import java.util.Map;
import java.util.stream.Collectors;
import slipway.bots.report.Check;
import slipway.bots.report.Report;

/** What a report says. */
public final class Checks {

  private Checks() {}

  /** The checks that have failed, and how often. */
  public static Map<String, Long> failed(Report report) {
    return report.checks().stream()
        .filter(check -> check.count() != 0)
        .collect(Collectors.toMap(Check::key, Check::count));
  }

  /** A figure. */
  public static long figure(Report report, String key) {
    return report.figures().stream()
        .filter(figure -> figure.key().equals(key))
        .findFirst()
        .orElseThrow()
        .value()
        .longValue();
  }
}

package slipway.health;

import java.util.List;

/**
 * What all checks of a probe have found.
 *
 * @param probe what was asked
 * @param checks each of them, by name
 */
public record HealthReport(Probe probe, List<Checked> checks) {

  /**
   * One check.
   *
   * @param name its name
   * @param finding what it has found
   */
  public record Checked(String name, Finding finding) {}

  /** The list does not change. */
  public HealthReport {
    checks = List.copyOf(checks);
  }

  /** Whether the probe succeeds: no check has failed. */
  public boolean succeeds() {
    return checks.stream().noneMatch(each -> each.finding().status() == Finding.Status.FAILED);
  }
}

package slipway.bots.report;

import java.util.List;
import java.util.Optional;

/**
 * What a run has shown.
 *
 * @param title what was run, with all that is needed to run it again
 * @param checks what must be zero
 * @param figures what was measured
 * @param notes sentences about them
 * @param fault the first bad packet
 */
public record Report(
    String title,
    List<Check> checks,
    List<Figure> figures,
    List<String> notes,
    Optional<Fault> fault) {

  /** Copies the lists. */
  public Report {
    checks = List.copyOf(checks);
    figures = List.copyOf(figures);
    notes = List.copyOf(notes);
  }

  /** Whether all is zero that must be. */
  public boolean passed() {
    return checks.stream().allMatch(check -> check.count() == 0);
  }
}

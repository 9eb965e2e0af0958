package slipway.server.core.deploy;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what has become of deploys since the start of the host. Read in any thread. */
final class DeployCounts {

  /**
   * Deploys that have come to the same.
   *
   * @param by what has deployed them: a file, an operator's install or rollback
   */
  record Deploys(String service, String by, Outcome outcome) {
    /** As a label has it. */
    String word() {
      return outcome.name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Deploys, Long> counts = new ConcurrentHashMap<>();

  /**
   * A deploy has come to an outcome.
   *
   * @param before what it was
   */
  void count(Entry before, Outcome outcome) {
    if (before.outcome() != outcome && before.outcome().mayBecome(outcome)) {
      counts.merge(new Deploys(before.service(), before.by(), outcome), 1L, Long::sum);
    }
  }

  Map<Deploys, Long> counts() {
    return counts;
  }
}

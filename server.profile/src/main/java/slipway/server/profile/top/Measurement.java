package slipway.server.profile.top;

import java.util.HashMap;
import java.util.Map;
import slipway.server.profile.jfr.Owner;

/**
 * What everybody has used in some time.
 *
 * @param elapsed the time, in nanoseconds
 * @param usages by owner
 */
record Measurement(long elapsed, Map<Owner, Usage> usages) {

  static final Measurement NONE = new Measurement(0, Map.of());

  Measurement {
    usages = Map.copyOf(usages);
  }

  /** What was used after an earlier measurement with the same beginning. */
  Measurement since(Measurement earlier) {
    Map<Owner, Usage> later = new HashMap<>();
    usages.forEach(
        (owner, usage) ->
            later.put(owner, usage.since(earlier.usages.getOrDefault(owner, Usage.NONE))));
    return new Measurement(elapsed - earlier.elapsed, later);
  }
}

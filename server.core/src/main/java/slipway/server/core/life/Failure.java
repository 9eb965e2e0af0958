package slipway.server.core.life;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Why a version does not do as it should, and what that says about it. Belongs to the control
 * thread.
 *
 * <pre>
 *  FIT ──stuck──▶ STUCK ──unfit──▶ UNFIT
 *   └────────────unfit────────────▶ ▲ │ stuck: stays UNFIT, for another reason
 *                                   └─┘
 *  clear: FIT, from each
 * </pre>
 */
final class Failure {

  /** Time in which it counts as fresh: clients that ask again do not keep the host busy with it. */
  static final Duration FRESH = Duration.ofSeconds(1);

  private final LongSupplier nanos;
  private Fitness fitness = Fitness.FIT;
  private String reason = "";
  private long since;

  Failure(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The version could not be started, or not serve its first connection. */
  void unfit(String why) {
    set(Fitness.UNFIT, why);
  }

  /** The version does not stop. */
  void stuck(String why) {
    set(isUnfit() ? Fitness.UNFIT : Fitness.STUCK, why);
  }

  private void set(Fitness now, String why) {
    fitness = now;
    reason = why;
    since = nanos.getAsLong();
  }

  void clear() {
    fitness = Fitness.FIT;
    reason = "";
  }

  boolean isSet() {
    return fitness != Fitness.FIT;
  }

  boolean isUnfit() {
    return fitness == Fitness.UNFIT;
  }

  boolean isFresh() {
    return isSet() && nanos.getAsLong() - since < FRESH.toNanos();
  }

  /** One line; empty if there is no failure. */
  String reason() {
    return reason;
  }
}

package slipway.server.core.life;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Why a service does not run although it should. Belongs to the control thread. */
final class Failure {

  /** Time in which it counts as fresh: who asks again does not keep the host busy with it. */
  static final Duration FRESH = Duration.ofSeconds(1);

  private final LongSupplier nanos;
  private String reason = "";
  private long since;

  Failure(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void set(String why) {
    reason = why;
    since = nanos.getAsLong();
  }

  void clear() {
    reason = "";
  }

  boolean isSet() {
    return !reason.isEmpty();
  }

  boolean isFresh() {
    return isSet() && nanos.getAsLong() - since < FRESH.toNanos();
  }

  /** One line; empty if there is no failure. */
  String reason() {
    return reason;
  }
}

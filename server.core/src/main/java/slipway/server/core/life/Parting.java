package slipway.server.core.life;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import slipway.service.GoingAway;

/** What connections that have to end are told, and how long they have for it. */
public final class Parting {

  /** Time in which a connection that is closed may say so, and send what is written. */
  public static final Duration GRACE = Duration.ofSeconds(1);

  private Parting() {}

  /** The last word. */
  public static GoingAway now(GoingAway.Reason reason) {
    return new GoingAway(reason, true, Optional.of(Instant.now().plus(GRACE)));
  }

  /**
   * A word before the last.
   *
   * @param patience the time until the last word; zero for any time
   */
  public static GoingAway within(GoingAway.Reason reason, Duration patience) {
    return new GoingAway(
        reason,
        false,
        patience.isZero() ? Optional.empty() : Optional.of(Instant.now().plus(patience)));
  }
}

package slipway.server.core.watch;

import java.time.Duration;

/** How long a thread has been at one thing, as far as was looked. For one thread. */
final class Stint {

  private static final Duration SECOND_TIME = Duration.ofSeconds(10);
  private static final Duration THEN_EACH = Duration.ofMinutes(1);

  private long step;
  private Duration lasted = Duration.ZERO;
  private Duration next = Duration.ZERO;
  private Offence told;
  private long spentBefore;

  /**
   * Looks at it again.
   *
   * @param now a number that is another one when the thread does something else
   * @param elapsed time since the last look
   * @return whether it is still at the same thing
   */
  boolean goesOn(long now, Duration elapsed) {
    if (now == step) {
      lasted = lasted.plus(elapsed);
      return true;
    }
    step = now;
    end();
    return false;
  }

  /** It does something else, or nothing. */
  void end() {
    lasted = Duration.ZERO;
    next = Duration.ZERO;
    told = null;
  }

  /** Notes how much processor time the thread had had when it began. */
  void hadSpent(long nanos) {
    spentBefore = nanos;
  }

  /** How much processor time this has had, given what the thread has had now. */
  Duration spent(long nanos) {
    return Duration.ofNanos(nanos - spentBefore);
  }

  Duration lasted() {
    return lasted;
  }

  /**
   * Whether it is to be reported now: when that is too long, at ten seconds, and then each minute.
   */
  boolean isDue(Duration after) {
    return lasted.compareTo(next.isZero() ? after : next) >= 0;
  }

  /** It was reported, for this time. */
  void tell(Offence offence) {
    told = offence;
    next =
        lasted.compareTo(SECOND_TIME) < 0
            ? SECOND_TIME
            : lasted.compareTo(THEN_EACH) < 0 ? THEN_EACH : lasted.plus(THEN_EACH);
  }

  /** What was reported of it last; null if nothing was, or it is over. */
  Offence told() {
    return told;
  }
}

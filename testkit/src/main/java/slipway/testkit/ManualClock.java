package slipway.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that stands still until the test moves it. May be used from any thread.
 *
 * <p>It tells the time of day. Timers in an event loop follow {@link TestHost#pass}.
 */
public final class ManualClock extends Clock {

  private final ZoneId zone;
  private volatile Instant now;

  /** Makes a clock in UTC. */
  public ManualClock(Instant now) {
    this(now, ZoneOffset.UTC);
  }

  /** Makes a clock. */
  public ManualClock(Instant now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** Moves it, back if the time is negative. */
  public void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** An independent clock, which shows the same time now and is moved on its own. */
  @Override
  public Clock withZone(ZoneId other) {
    return new ManualClock(now, other);
  }
}

package slipway.server.core.health;

import java.time.Duration;
import slipway.meter.Distribution;

/**
 * How long a thread lets the tasks wait that it is given, at one moment.
 *
 * @param kind what it is
 * @param thread its name; empty if it has not begun, or has ended
 * @param silent how long it has not answered; zero if nothing waits for it
 * @param now how long a task waits for it now: the last one that was run, or the one that waits if
 *     that is longer
 * @param waits how long tasks have waited since the host was started, in seconds
 */
public record ThreadLag(
    Kind kind, String thread, Duration silent, Duration now, Distribution waits) {

  /** What is measured. */
  public enum Kind {
    /** An event loop. */
    EVENT_LOOP,
    /** The thread on which services change their states. */
    CONTROL
  }
}

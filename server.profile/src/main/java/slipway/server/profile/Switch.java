package slipway.server.profile;

import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Whether sections are timed, and what was measured last. May be used from any thread. */
@Component(service = Switch.class)
public final class Switch {

  /** Null while sections are not timed. */
  private volatile Term term;

  /** The last one, which may be over; null before the first. Guarded by this. */
  private Term last;

  private Instant since;
  private Instant until;

  /**
   * What was measured.
   *
   * @param since when it was begun; null if never
   * @param until when it was ended; null if it goes on
   */
  record Report(Instant since, Instant until, List<Measured> measured) {}

  /** Null while sections are not timed. */
  Term term() {
    return term;
  }

  /** Times sections from now on, anew; nothing if it does so already. */
  synchronized boolean turnOn(Instant now) {
    if (term != null) {
      return false;
    }
    last = new Term();
    since = now;
    until = null;
    term = last;
    return true;
  }

  /** Times sections no longer; what was measured stays. Nothing if it does not. */
  synchronized boolean turnOff(Instant now) {
    if (term == null) {
      return false;
    }
    term = null;
    until = now;
    return true;
  }

  /** What was measured since it was turned on last. */
  synchronized Report report() {
    return new Report(since, until, last == null ? List.of() : last.measured());
  }
}

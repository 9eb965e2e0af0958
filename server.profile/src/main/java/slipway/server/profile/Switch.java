package slipway.server.profile;

import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * Whether sections are timed: for an operator, who has them summed up, for recordings of the JVM,
 * or for both. Keeps what was measured last for an operator. May be used from any thread.
 */
@Component(service = Switch.class)
public final class Switch {

  /** Null while sections are not timed: a section that is off reads this and nothing else. */
  private volatile Meter meter;

  // ---- guarded by this

  /** Null while no operator wants sections to be timed. */
  private Term term;

  /** The last one, which may be over; null before the first. */
  private Term last;

  private boolean isRecorded;

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
  Meter meter() {
    return meter;
  }

  private void choose() {
    Meter events = isRecorded ? SectionEvent::begin : null;
    meter = term == null ? events : events == null ? term : new BothMeters(term, events);
  }

  /** Says whether there is a recording that wants sections. */
  synchronized void record(boolean wanted) {
    if (isRecorded != wanted) {
      isRecorded = wanted;
      choose();
    }
  }

  /** Times sections for an operator from now on, anew; nothing if it does so already. */
  synchronized boolean turnOn(Instant now) {
    if (term != null) {
      return false;
    }
    last = new Term();
    since = now;
    until = null;
    term = last;
    choose();
    return true;
  }

  /** Times sections for an operator no longer; what was measured stays. Nothing if it does not. */
  synchronized boolean turnOff(Instant now) {
    if (term == null) {
      return false;
    }
    term = null;
    choose();
    until = now;
    return true;
  }

  /** What was measured since it was turned on last. */
  synchronized Report report() {
    return new Report(since, until, last == null ? List.of() : last.measured());
  }
}

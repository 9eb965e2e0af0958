package slipway.server.core.watch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at everything: the time since the last one, and what is seen to last too long. Belongs
 * to the watchdog's thread.
 */
final class Look {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private final Duration elapsed;
  private final Duration after;
  private final Consumer<Offence> reported;
  private final Map<Object, Current> seen = new LinkedHashMap<>();

  /**
   * What is reported now, and for how long it has lasted.
   *
   * @param offence what was reported last
   * @param lasted for how long, when it was looked
   */
  record Current(Offence offence, Duration lasted) {}

  /**
   * Begins to look.
   *
   * @param elapsed the time that counts since the last look
   * @param after what lasts longer than this is reported
   * @param reported told of each that is
   */
  Look(Duration elapsed, Duration after, Consumer<Offence> reported) {
    this.elapsed = elapsed;
    this.after = after;
    this.reported = reported;
  }

  Duration after() {
    return after;
  }

  /**
   * Whether a thread is still at the same thing, by its number; reports if what was reported is
   * over.
   */
  boolean goesOn(Stint stint, long step) {
    Offence told = stint.told();
    Duration lasted = stint.lasted();
    boolean goesOn = stint.goesOn(step, elapsed);
    if (!goesOn) {
      tellEnd(told, lasted);
    }
    return goesOn;
  }

  /** A thread does nothing now. */
  void over(Stint stint) {
    tellEnd(stint.told(), stint.lasted());
    stint.end();
  }

  private static void tellEnd(Offence told, Duration lasted) {
    if (told != null) {
      LOG.info(
          "{} continues after {}",
          told.who() == null ? "what was kept" : told.who(),
          Offence.time(lasted));
    }
  }

  boolean isDue(Stint stint) {
    return stint.isDue(after);
  }

  void tell(Stint stint, Offence offence) {
    if (stint.told() == null) { // what lasts on is told again, and counted once
      reported.accept(offence);
    }
    stint.tell(offence);
    LOG.warn("{}", offence.text(stint.lasted()));
  }

  /** If something was reported of it, callers that ask get it, too. */
  void note(Object key, Stint stint) {
    if (stint.told() != null) {
      seen.put(key, new Current(stint.told(), stint.lasted()));
    }
  }

  /** What lasts too long, by what does it. */
  Map<Object, Current> seen() {
    return Map.copyOf(seen);
  }
}

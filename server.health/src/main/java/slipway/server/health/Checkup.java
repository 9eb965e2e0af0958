package slipway.server.health;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.Finding;
import slipway.health.HealthCheck;
import slipway.health.Probe;
import slipway.text.Unknown;
import slipway.text.VisibleText;

/**
 * A check that a bundle has brought, with what it has found last. It looks once at a time: what
 * asks meanwhile gets the same answer, and a check that hangs is not begun a second time.
 *
 * <p>May be used from any thread. Its lock is never held while the check's own code runs.
 */
final class Checkup {

  private static final Logger LOG = LoggerFactory.getLogger(Checkup.class);

  /** A reason is one line of a terminal or of a page, and no report. */
  private static final int LONGEST = 500;

  private static final Pattern LINE_END = Pattern.compile("\\R");

  private static final Finding GONE = Finding.failed("its bundle has gone");

  /**
   * What all of them share.
   *
   * @param limit how long a check may take
   * @param fresh how long its answer holds
   * @param nanos the clock, as {@link System#nanoTime}
   * @param threads makes the threads in which checks look
   */
  record Rules(Duration limit, Duration fresh, LongSupplier nanos, ThreadFactory threads) {}

  private final HealthCheck check;
  private final String name;
  private final Set<Probe> probes;
  private final Rules rules;
  private Look last; // the one that runs, or the last one that has answered in time
  private boolean running;
  private long ended;
  private boolean gone;

  /** Asks the check what it is called and what it is part of, once. */
  Checkup(HealthCheck check, Rules rules) {
    this.check = check;
    this.rules = rules;
    this.name = nameOf(check);
    this.probes = probesOf(check);
  }

  private static String nameOf(HealthCheck check) {
    try {
      String name = line(check.name());
      if (!name.isEmpty()) {
        return name;
      }
    } catch (RuntimeException failed) {
      LOG.warn("a check of health does not tell its name: {}", check.getClass().getName(), failed);
    }
    return check.getClass().getSimpleName();
  }

  private Set<Probe> probesOf(HealthCheck asked) {
    try {
      return Set.copyOf(asked.probes());
    } catch (RuntimeException failed) {
      LOG.warn("the check of health {} is part of no probe: it does not tell which", name, failed);
      return Set.of();
    }
  }

  String name() {
    return name;
  }

  boolean isOf(HealthCheck other) {
    return check == other;
  }

  boolean isPartOf(Probe probe) {
    return probes.contains(probe);
  }

  /** What is looked at now: the look that runs, one that has just answered, or a new one. */
  synchronized Look look() {
    boolean fresh = last != null && rules.nanos().getAsLong() - ended < rules.fresh().toNanos();
    if (!running && !fresh) {
      begin();
    }
    return last;
  }

  private void begin() {
    Look begun = new Look(rules.limit(), rules.nanos());
    last = begun;
    if (gone) {
      begun.abandon(GONE);
      return;
    }
    Thread thread = rules.threads().newThread(() -> take(begun));
    begun.by(thread);
    running = true;
    thread.start();
  }

  private void take(Look look) {
    Finding found = find();
    synchronized (this) { // what asks after the answer sees that the look is over
      running = false;
      ended = rules.nanos().getAsLong();
      if (!look.answered(found)) {
        last = null; // that it was late says nothing about the next look
      }
    }
  }

  private Finding find() {
    try {
      Finding found = check.check();
      return found == null
          ? Finding.failed("it has found nothing")
          : new Finding(found.status(), line(found.reason()));
    } catch (Throwable failed) { // also one of linking: a bundle that is half gone has failed
      LOG.debug("the check of health {} has failed", name, failed);
      String why = failed.getMessage() == null ? "" : line(failed.getMessage());
      return Finding.failed(why.isEmpty() ? line(failed.toString()) : why);
    }
  }

  private static String line(String text) {
    String visible = VisibleText.of(LINE_END.matcher(text).replaceAll(" "), Unknown.LEFT_OUT);
    return visible.length() <= LONGEST
        ? visible
        : visible.substring(0, visible.offsetByCodePoints(0, LONGEST / 2)) + "…";
  }

  /** Its bundle has gone: nothing waits for it any more, and it does not look again. */
  void end() {
    Look left;
    synchronized (this) {
      gone = true;
      left = last;
    }
    if (left != null) {
      left.abandon(GONE);
    }
  }

  synchronized boolean isThere() {
    return !gone;
  }
}

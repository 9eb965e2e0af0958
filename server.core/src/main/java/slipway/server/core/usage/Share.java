package slipway.server.core.usage;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import slipway.config.Durations;

/**
 * A service's share of one thing, as a mean of a window, and the most that it may be. A service
 * that is at its limit does not go over it and back all the time: it is within again when it uses
 * clearly less.
 *
 * <pre>
 *  WITHIN ──more than the limit──▶ OVER
 *    ◀──less than nine tenths of it──┘
 * </pre>
 *
 * Not thread-safe.
 */
final class Share {

  private static final double BACK = 0.9;
  private static final double PERCENT = 100;

  /** Of what it is a share, and how that is said. */
  enum Kind {
    CPU(Shares.CPU, "uses %d %% of the processors", "used %d %% of the processors"),
    HEAP(Shares.HEAP, "keeps about %d %% of the heap", "kept about %d %% of the heap");

    private final String key;
    private final String now;
    private final String past;

    Kind(String key, String now, String past) {
      this.key = key;
      this.now = now;
      this.past = past;
    }
  }

  /** What a look has shown. */
  enum Change {
    NONE,
    OVER,
    WITHIN
  }

  /**
   * What others may know.
   *
   * @param used as a part of all; empty while it is not known
   * @param most the limit, as a part of all; empty if there is none
   * @param timesOver how often it has gone over its limit
   */
  record Figures(OptionalDouble used, OptionalDouble most, long timesOver) {}

  private final Kind kind;
  private int percent;
  private Duration window;
  private SlidingMean mean;
  private OptionalDouble used = OptionalDouble.empty();
  private boolean isOver;
  private long timesOver;

  /** Makes one without a limit. */
  Share(Kind kind) {
    this.kind = kind;
    restart(0, Shares.UNLIMITED.window());
  }

  /**
   * Forgets what was used: nothing is known until a whole window was seen.
   *
   * @param most the limit in percent from now on; 0 for none
   */
  void restart(int most, Duration time) {
    percent = most;
    window = time;
    mean = new SlidingMean(time);
    used = OptionalDouble.empty();
    isOver = false;
  }

  /**
   * Has a look.
   *
   * @param at not before the last one since it was restarted
   * @param sum what was used until now, in the unit of {@code whole} times nanoseconds
   * @param whole what there is of it
   */
  Change look(Duration at, double sum, double whole) {
    OptionalDouble growth = mean.add(at, sum);
    if (growth.isEmpty() || percent == 0) {
      return Change.NONE;
    }
    double now = growth.getAsDouble() / whole;
    used = OptionalDouble.of(now);
    if (!isOver && now * PERCENT > percent) {
      isOver = true;
      timesOver++;
      return Change.OVER;
    }
    if (isOver && now * PERCENT < percent * BACK) {
      isOver = false;
      return Change.WITHIN;
    }
    return Change.NONE;
  }

  boolean isOver() {
    return isOver;
  }

  Figures figures() {
    return new Figures(
        used,
        percent == 0 ? OptionalDouble.empty() : OptionalDouble.of(percent / PERCENT),
        timesOver);
  }

  /** {@code uses 84 % of the processors, more than max.cpu.share = 50 %}. */
  String excess() {
    return shown(kind.now, percent + 1) + ", more than " + limit();
  }

  /** {@code used 84 % of the processors for 1m, more than max.cpu.share = 50 %}. */
  String pastExcess() {
    return shown(kind.past, percent + 1)
        + " for "
        + Durations.format(window)
        + ", more than "
        + limit();
  }

  /** {@code uses 12 % of the processors, within max.cpu.share = 50 %}. */
  String rest() {
    return shown(kind.now, 0) + ", within " + limit();
  }

  /** However little more than the limit it is, it does not look equal. */
  private String shown(String format, long least) {
    return String.format(
        Locale.ROOT, format, Math.max(least, Math.round(used.orElse(0) * PERCENT)));
  }

  private String limit() {
    return kind.key + " = " + percent + " %";
  }
}

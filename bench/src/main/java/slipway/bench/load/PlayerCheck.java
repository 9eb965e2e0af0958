package slipway.bench.load;

import org.HdrHistogram.Histogram;

/**
 * The updates that one player gets, by which a server is judged that it has not told of: whatever a
 * client sees less than one update a period is a frame that was missed.
 */
final class PlayerCheck {

  private static final long NEVER = Long.MIN_VALUE;

  private final long period;
  private long last = NEVER;
  private int frame;
  private long due;
  private long missed;
  private long wrong;

  /**
   * Begins with none.
   *
   * @param period of the world, in nanoseconds
   */
  PlayerCheck(long period) {
    this.period = period;
  }

  /**
   * What was counted is forgotten, as what is measured begins now: the time since the update before
   * is not of it, as nobody may have looked.
   */
  void measure() {
    last = NEVER;
    due = 0;
    missed = 0;
    wrong = 0;
  }

  /** The player has come into another zone, whose frames have other numbers. */
  void enter() {
    last = NEVER;
  }

  /**
   * An update has come.
   *
   * @param number of its frame
   * @param intervals is given the time since the one before
   */
  void updated(long now, int number, Histogram intervals) {
    if (last != NEVER) {
      long interval = now - last;
      intervals.recordValue(interval);
      long periods = Math.max(1, Math.round(interval / (double) period));
      due += periods;
      missed += periods - 1;
      if (number - frame <= 0) { // right beyond the highest number, too
        wrong++;
      }
    }
    last = now;
    frame = number;
  }

  /** Updates that were to come. */
  long due() {
    return due;
  }

  /** Those of them that did not. */
  long missed() {
    return missed;
  }

  /** Frames whose number was not higher than that of the one before. */
  long wrong() {
    return wrong;
  }
}

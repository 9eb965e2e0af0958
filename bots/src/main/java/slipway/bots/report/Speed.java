package slipway.bots.report;

/** How many of something there were in a second, since it was asked last. Used by one thread. */
public final class Speed {

  private long at;
  private long count;

  /**
   * Begins at zero.
   *
   * @param now in nanoseconds
   */
  public void begin(long now) {
    at = now;
    count = 0;
  }

  /**
   * How many there were in a second since then, or since it was asked last.
   *
   * @param now in nanoseconds
   * @param all how many there were from the beginning on
   */
  public double next(long now, long all) {
    double perSecond = perSecond(all - count, now - at);
    at = now;
    count = all;
    return perSecond;
  }

  /** How many there were in a second, of those in some nanoseconds. */
  public static double perSecond(long count, long nanos) {
    return count * 1e9 / nanos;
  }
}

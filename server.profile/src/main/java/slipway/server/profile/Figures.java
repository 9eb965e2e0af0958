package slipway.server.profile;

/**
 * What was measured of a section. Times are in nanoseconds.
 *
 * @param calls how often it was timed
 * @param total of all times
 * @param least the least time
 * @param secondLeast the least time of the others
 * @param secondGreatest the greatest time but one
 * @param greatest the greatest time
 */
record Figures(
    long calls, long total, long least, long secondLeast, long secondGreatest, long greatest) {

  /** Times that the average leaves out: they are of a first call, or of an interruption. */
  private static final int LEFT_OUT = 4;

  /** The average without the two least and the two greatest times; of all if there are so few. */
  double average() {
    return calls > LEFT_OUT
        ? (double) (total - least - secondLeast - secondGreatest - greatest) / (calls - LEFT_OUT)
        : (double) total / calls;
  }
}

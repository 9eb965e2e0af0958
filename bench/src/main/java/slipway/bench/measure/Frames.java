package slipway.bench.measure;

/**
 * When the frames of a loop were begun.
 *
 * @param fps frames in a second
 * @param numbers of those that were run, ascending; what lies between two of them was left out
 * @param nanos when each was begun, by a clock without a beginning
 */
public record Frames(int fps, long[] numbers, long[] nanos) {

  private static final long SECOND = 1_000_000_000L;

  /** When a frame is due, from when the one with the number 0 is. */
  public static long due(int fps, long number) {
    return number / fps * SECOND + number % fps * SECOND / fps;
  }

  /** How many were left out between the first and the last. */
  public long missed() {
    return numbers.length == 0 ? 0 : numbers[numbers.length - 1] - numbers[0] + 1 - numbers.length;
  }

  /**
   * How late each was, if nobody has told when the first was due: none is begun before its time, so
   * the frame that was the earliest of all counts as in time. What that one was late is missing in
   * all others; of a loop that aims at its time it is some microseconds.
   */
  public long[] lateness() {
    long base = Long.MAX_VALUE;
    for (int i = 0; i < numbers.length; i++) {
      base = Math.min(base, nanos[i] - due(fps, numbers[i]));
    }
    return latenessFrom(base);
  }

  /** How late each was, from when the frame with the number 0 was due. */
  public long[] latenessFrom(long base) {
    long[] late = new long[numbers.length];
    for (int i = 0; i < late.length; i++) {
      late[i] = nanos[i] - base - due(fps, numbers[i]);
    }
    return late;
  }
}

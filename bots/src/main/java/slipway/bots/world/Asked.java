package slipway.bots.world;

/**
 * What a player has asked for and has no answer to. Requests have numbers that rise by one, and are
 * answered in their order. Each one whose answer is late, or does not come, is told once. Confined
 * to the event loop.
 *
 * <pre>
 *   ... answered │ first: told as late │ untold: may still be in time │ next: not asked yet
 *                └──────────────────── at most LIMIT ─────────────────┘
 * </pre>
 */
final class Asked {

  /** More than a player asks in the time of an answer; one that gets none asks for no more. */
  static final int LIMIT = 64;

  private final long[] nanos = new long[LIMIT];
  private final int[] values = new int[LIMIT];
  private int first;
  private int untold;
  private int next;

  boolean isFull() {
    return next - first == LIMIT;
  }

  /** Whether an answer may still come in time. */
  boolean isAwaited() {
    return untold < next;
  }

  /**
   * Something is asked for.
   *
   * @param value to be remembered with it
   * @return its number
   */
  int ask(long now, int value) {
    nanos[slot(next)] = now;
    values[slot(next)] = value;
    return next++;
  }

  /** Whether a request has no answer yet. */
  boolean isUnderWay(int number) {
    return number >= first && number < next;
  }

  /** What is remembered with a request that is under way, or was until now. */
  int value(int number) {
    return values[slot(number)];
  }

  /** The number of the oldest request whose answer may still be in time; of the next if none. */
  int untold() {
    return untold;
  }

  /**
   * How many have become late since this was asked last.
   *
   * @param before those that were asked before this time are late
   */
  int late(long before) {
    int from = untold;
    while (untold < next && nanos[slot(untold)] - before < 0) {
      untold++;
    }
    return untold - from;
  }

  /**
   * A request that is under way is answered, so those before it never will be.
   *
   * @return how many of those were not told as late
   */
  int answer(int number) {
    int missed = Math.max(0, number - untold);
    first = number + 1;
    untold = Math.max(untold, first);
    return missed;
  }

  /**
   * No answer will come any more.
   *
   * @return how many were not told as late
   */
  int forget() {
    int missed = next - untold;
    first = next;
    untold = next;
    return missed;
  }

  private static int slot(int number) {
    return number & LIMIT - 1;
  }
}

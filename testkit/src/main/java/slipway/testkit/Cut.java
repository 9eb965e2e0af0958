package slipway.testkit;

/**
 * Where a run hands over.
 *
 * @param at after how many bytes; {@link #NEVER} if it does not
 * @param single how many bytes after that come one by one
 * @param steps how much of what is to be done elsewhere then is done before the hand-off
 */
record Cut(int at, int single, int steps) {

  static final int NEVER = -1;

  /** What is done elsewhere for one piece of what is said; more counts as endless. */
  static final int MOST_STEPS = 10_000;

  /** No hand-off at all. */
  static final Cut NONE = new Cut(NEVER, 0, MOST_STEPS);

  /** How much of what is to be sent is sent in one piece, if so much was said before. */
  int piece(int said, int length) {
    if (said < at) {
      return Math.min(length, at - said);
    }
    return at != NEVER && said < at + single ? 1 : length;
  }
}

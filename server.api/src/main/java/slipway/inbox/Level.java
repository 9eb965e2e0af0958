package slipway.inbox;

/**
 * How full an inbox is, and whether its peer is read because of that.
 *
 * <pre>
 *          size ≥ high
 *    READ ─────────────▶ STOPPED
 *     ▲   size ≤ low        │
 *     └─────────────────────┘
 * </pre>
 *
 * <p>The two marks are apart so that reading does not stop and begin with each item. Has no thread:
 * its inbox sees to that.
 */
final class Level {

  private enum State {
    READ,
    STOPPED
  }

  private final int high;
  private final int low;
  private long size;
  private State state = State.READ;

  /**
   * Makes the level of an empty inbox.
   *
   * @throws IllegalArgumentException unless 0 ≤ low &lt; high
   */
  Level(int high, int low) {
    if (low < 0 || low >= high) {
      throw new IllegalArgumentException("marks " + high + " and " + low + ": 0 <= low < high");
    }
    this.high = high;
    this.low = low;
  }

  void rise(int by) {
    size += by;
  }

  void fall(int by) {
    size -= by;
  }

  void empty() {
    size = 0;
  }

  long size() {
    return size;
  }

  /** Whether {@link #turn} would change something. */
  boolean isDue() {
    return switch (state) {
      case READ -> size >= high;
      case STOPPED -> size <= low;
    };
  }

  /** Goes to the state that the size asks for; true if that is another one. */
  boolean turn() {
    if (!isDue()) {
      return false;
    }
    state = isRead() ? State.STOPPED : State.READ;
    return true;
  }

  boolean isRead() {
    return state == State.READ;
  }
}

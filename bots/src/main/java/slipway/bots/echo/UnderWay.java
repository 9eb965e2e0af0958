package slipway.bots.echo;

/**
 * The packets of a client that have been sent and not answered: numbers that rise by one, and when
 * each was sent. Confined to the event loop.
 *
 * <pre>
 *   ... answered │ first: not answered │ answered or not ... │ next: not sent yet
 *                └────────────── at most the limit ──────────┘
 * </pre>
 */
final class UnderWay {

  /** What {@link #answer} gives if no such packet is under way. */
  static final long NONE = Long.MIN_VALUE;

  private final int limit;

  /** When the packet was sent whose number leaves this rest; {@link #NONE} if it was answered. */
  private final long[] sent;

  private long first;
  private long next;
  private int count;

  UnderWay(int limit) {
    this.limit = limit;
    this.sent = new long[limit];
  }

  /** How many more may be sent. */
  int room() {
    return limit - (int) (next - first);
  }

  /**
   * A packet is sent.
   *
   * @return its number
   */
  long send(long nanos) {
    sent[slot(next)] = nanos;
    count++;
    return next++;
  }

  /** The number that is to be answered next; if all are answered, that of the next packet. */
  long first() {
    return first;
  }

  /**
   * A packet is answered.
   *
   * @return when it was sent; {@link #NONE} if it was answered already, or was not sent
   */
  long answer(long number) {
    if (number < first || number >= next) {
      return NONE;
    }
    long nanos = sent[slot(number)];
    if (nanos != NONE) {
      sent[slot(number)] = NONE;
      count--;
      while (first < next && sent[slot(first)] == NONE) {
        first++;
      }
    }
    return nanos;
  }

  /** How many are not answered. */
  int count() {
    return count;
  }

  /** How many of those were sent before a time. */
  int sentBefore(long nanos) {
    int before = 0;
    for (long number = first; number < next; number++) {
      long at = sent[slot(number)];
      before += at != NONE && at - nanos < 0 ? 1 : 0;
    }
    return before;
  }

  /** No answer will come any more. */
  void forget() {
    first = next;
    count = 0;
  }

  private int slot(long number) {
    return (int) (number % limit);
  }
}

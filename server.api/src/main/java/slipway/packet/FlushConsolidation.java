package slipway.packet;

/**
 * When what is written to a connection leaves, so that packets that are written together leave
 * together: what is written while packets are read, once these are dealt with; anything else in the
 * turn of its event loop, which takes along what is written before.
 *
 * <pre>
 *   readBegins ──wrote, wrote ...──▶ readComplete   flushed
 *   wrote ──▶ {@link FlushTurn}; wrote ... ──▶ its turn  flushed
 * </pre>
 *
 * <p>Confined to the event loop.
 */
final class FlushConsolidation {

  private final FlushTurn turn;
  private final Runnable flush;
  private boolean reading;

  /** Whether it waits for its turn. */
  private boolean scheduled;

  /**
   * Makes it, with nothing written.
   *
   * @param flush flushes what was written; costs little if that is nothing
   */
  FlushConsolidation(FlushTurn turn, Runnable flush) {
    this.turn = turn;
    this.flush = flush;
  }

  /** Packets are going to be read. */
  void readBegins() {
    reading = true;
  }

  /** The packets that have come together are dealt with. */
  void readComplete() {
    reading = false;
    flush();
  }

  /** Whether packets are being read. */
  boolean isReading() {
    return reading;
  }

  /** A packet was written. */
  void wrote() {
    if (!reading && !scheduled) {
      scheduled = true;
      turn.add(this);
    }
  }

  /** Flushes now. */
  void flush() {
    scheduled = false;
    flush.run();
  }
}

package slipway.packet;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;

/**
 * When what is written to a connection leaves, so that packets that are written together leave
 * together: what is written while packets are read, once these are dealt with; anything else in a
 * task of its own, which takes along what is written before its turn.
 *
 * <pre>
 *   readBegins ──wrote, wrote ...──▶ readComplete   flushed
 *   wrote ──▶ a task; wrote ... ──▶ its turn        flushed
 * </pre>
 *
 * <p>Confined to the event loop.
 */
final class FlushConsolidation {

  private final EventExecutor loop;
  private final Runnable flush;
  private final Runnable task = this::flush;
  private boolean reading;

  /** Whether the task waits for its turn. */
  private boolean scheduled;

  /**
   * Makes it, with nothing written.
   *
   * @param flush flushes what was written; costs little if that is nothing
   */
  FlushConsolidation(EventExecutor loop, Runnable flush) {
    this.loop = loop;
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
      try {
        loop.execute(task);
      } catch (RejectedExecutionException ended) {
        scheduled = false; // and the connection with it
      }
    }
  }

  /** Flushes now. */
  void flush() {
    scheduled = false;
    flush.run();
  }
}

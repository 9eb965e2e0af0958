package slipway.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Sends numbered messages when they are due, whether or not those before have arrived, and takes
 * what arrives meanwhile. Waits in steps of a millisecond, so that it leaves the server a core.
 * Used by one thread.
 */
final class Pace {

  /** What has not come when there was nothing for so long does not come. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  /** What comes twice comes soon. */
  private static final Duration SOON = Duration.ofMillis(200);

  private final Selector selector;
  private final Consumer<SelectionKey> ready;
  private final LongUnaryOperator due;
  private final Sender sender;
  private long next;

  /** Sends a message. */
  @FunctionalInterface
  interface Sender {
    void send(long message) throws IOException;
  }

  /**
   * Begins with a message.
   *
   * @param ready takes what arrives
   * @param due when a message is due, by {@link System#nanoTime}; ascending
   * @param next the number of the first
   */
  Pace(
      Selector selector,
      Consumer<SelectionKey> ready,
      LongUnaryOperator due,
      Sender sender,
      long next) {
    this.selector = selector;
    this.ready = ready;
    this.due = due;
    this.sender = sender;
    this.next = next;
  }

  /**
   * Sends what is due before a moment, all of it.
   *
   * @return the number of the message that is next
   */
  long sendUntil(long end) throws IOException {
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      sendDue(now);
      selector.select(ready, 1);
    }
    sendDue(end - 1);
    return next;
  }

  private void sendDue(long now) throws IOException {
    for (; due.applyAsLong(next) <= now; next++) {
      sender.send(next);
    }
  }

  /**
   * Waits until so much has arrived, or nothing more arrives.
   *
   * @param arrived how much has
   */
  void await(LongSupplier arrived, long expected) throws IOException {
    long known = arrived.getAsLong();
    long end = System.nanoTime() + SILENCE.toNanos();
    while (arrived.getAsLong() < expected && System.nanoTime() < end) {
      selector.select(ready, 1);
      if (arrived.getAsLong() > known) {
        known = arrived.getAsLong();
        end = System.nanoTime() + SILENCE.toNanos();
      }
    }
    long after = System.nanoTime() + SOON.toNanos();
    while (System.nanoTime() < after) {
      selector.select(ready, 1);
    }
  }
}

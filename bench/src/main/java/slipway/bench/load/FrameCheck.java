package slipway.bench.load;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Checks what comes back on one connection: each frame once, in order, none changed. */
final class FrameCheck {

  private final int connection;
  private final byte[] frame = new byte[Frame.LENGTH];
  private int filled;
  private long expected;
  private long wrong;

  FrameCheck(int connection) {
    this.connection = connection;
  }

  /**
   * Takes what was read.
   *
   * @param input is read to its end
   * @param good is given the number of each frame that is as it was to be
   */
  void read(ByteBuffer input, LongConsumer good) {
    while (input.hasRemaining()) {
      int count = Math.min(input.remaining(), Frame.LENGTH - filled);
      input.get(frame, filled, count);
      filled += count;
      if (filled == Frame.LENGTH) {
        filled = 0;
        whole(good);
      }
    }
  }

  /** After a frame that is not the next one, it goes on from there. */
  private void whole(LongConsumer good) {
    long sequence = Frame.sequence(frame, connection);
    if (sequence == expected) {
      good.accept(sequence);
    } else {
      wrong++;
    }
    expected = Math.max(expected, sequence) + 1;
  }

  /** How many frames were changed, doubled, or came after others that had not come. */
  long wrong() {
    return wrong;
  }

  /** The number that the next frame should have. */
  long expected() {
    return expected;
  }

  /** Bytes of a frame that has not come to its end. */
  int begun() {
    return filled;
  }
}

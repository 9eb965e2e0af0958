package slipway.bench.load;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/**
 * Checks what one session is shown of the packets that others publish: each one once, none changed,
 * and those of one publisher in their order.
 */
final class PublishedCheck {

  private final int session;
  private final PublishPacket packet = new PublishPacket();
  private final ByteBuffer bytes = PublishPacket.buffer();

  /** The numbers that are next of each publisher. */
  private final int[] next;

  private long good;
  private long wrong;

  /**
   * Begins with nothing.
   *
   * @param session its number; those below {@code publishers} publish
   */
  PublishedCheck(int session, int publishers) {
    this.session = session;
    this.next = new int[publishers];
  }

  /**
   * Takes what was read.
   *
   * @param input is read to its end
   * @param dues is given when each good packet was due
   */
  void read(ByteBuffer input, LongConsumer dues) {
    int end = input.limit();
    while (input.hasRemaining()) {
      input.limit(Math.min(end, input.position() + bytes.remaining()));
      bytes.put(input);
      input.limit(end);
      if (!bytes.hasRemaining()) {
        whole(dues);
        bytes.clear();
      }
    }
  }

  private void whole(LongConsumer dues) {
    if (packet.read(bytes) && isNew(packet)) {
      next[packet.publisher()] = packet.number() + 1;
      good++;
      dues.accept(packet.due());
    } else {
      wrong++;
    }
  }

  private boolean isNew(PublishPacket packet) {
    int publisher = packet.publisher();
    return publisher != session
        && publisher >= 0
        && publisher < next.length
        && packet.number() >= next[publisher];
  }

  /** Packets of others that came as they were to come. */
  long good() {
    return good;
  }

  /**
   * Packets that were changed, came twice, came after later ones of their publisher, or came back
   * to it; one that has begun and not ended counts, too.
   */
  long wrong() {
    return bytes.position() == 0 ? wrong : wrong + 1;
  }
}

package slipway.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One connection of the load: what is still to be sent on it, and what is still to come back. */
final class Client {

  final SocketChannel channel;
  private final ByteBuffer message;
  private final int size;
  private SelectionKey key;
  private long unsent;
  private int missing;
  private long[] intended = new long[4];
  private int first;
  private int underWay;

  /**
   * Takes over a channel that does not block.
   *
   * @param message what is sent each time; shared, only its content counts
   */
  Client(SocketChannel channel, ByteBuffer message) {
    this.channel = channel;
    this.message = message.duplicate();
    this.size = message.capacity();
    this.missing = size;
  }

  void registered(SelectionKey selectionKey) {
    key = selectionKey;
  }

  /** How many messages have been given to send and have not come back. */
  int underWay() {
    return underWay;
  }

  /** Sends one more message, at once or when those before it have left. */
  void send(long intendedNanos) throws IOException {
    if (underWay == intended.length) {
      long[] longer = new long[2 * underWay];
      for (int i = 0; i < underWay; i++) {
        longer[i] = intended[(first + i) % underWay];
      }
      intended = longer;
      first = 0;
    }
    intended[(first + underWay) % intended.length] = intendedNanos;
    underWay++;
    boolean idle = unsent == 0;
    unsent += size;
    if (idle) {
      write();
    }
  }

  /** Writes what the system takes, and asks to be told when it takes more. */
  void write() throws IOException {
    while (unsent > 0) {
      int rest = (int) (unsent % size);
      message.limit(size).position(rest == 0 ? 0 : size - rest);
      int wanted = message.remaining();
      int written = channel.write(message);
      unsent -= written;
      if (written < wanted) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return;
      }
    }
    if (key.interestOps() != SelectionKey.OP_READ) {
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  /**
   * Counts bytes that have come back.
   *
   * @return how many bytes are left for the messages behind the first; negative if it is not whole
   */
  int received(int count) {
    int left = count - missing;
    missing = left < 0 ? -left : size;
    return left;
  }

  /** The first message is back; tells when it was to be sent. */
  long answered() {
    if (underWay == 0) {
      throw new IllegalStateException("more came back than was sent");
    }
    long at = intended[first];
    first = (first + 1) % intended.length;
    underWay--;
    return at;
  }
}

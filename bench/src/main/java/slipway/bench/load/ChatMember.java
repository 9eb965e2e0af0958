package slipway.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** One user of a {@link ChatLoad}, with one connection: lines cut out of what arrives. */
final class ChatMember {

  final int number;

  /** What it was last told on its way in. */
  String entrance = "";

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Queue<ByteBuffer> unsent = new ArrayDeque<>();
  private byte[] begun = new byte[2 * ChatLine.LENGTH];
  private int begunLength;
  private int[] seen;
  private int seenCount;
  private boolean open = true;

  /** Takes the lines of a member. */
  @FunctionalInterface
  interface Lines {
    /**
     * A line has come.
     *
     * @param from where it begins in the bytes, which are valid for this call alone
     * @param to where it ends, without the line's end
     */
    void line(ChatMember member, byte[] bytes, int from, int to);
  }

  /**
   * Takes over a channel that does not block, and is registered with a key.
   *
   * @param expected about how many messages it will be shown
   */
  ChatMember(int number, SocketChannel channel, SelectionKey key, int expected) {
    this.number = number;
    this.channel = channel;
    this.key = key;
    this.seen = new int[expected];
  }

  /** Whether the connection is there. */
  boolean isOpen() {
    return open;
  }

  /** Sends at once, or as soon as the system takes it. */
  void send(ByteBuffer output) throws IOException {
    if (unsent.isEmpty()) {
      channel.write(output);
    }
    if (output.hasRemaining()) {
      unsent.add(ByteBuffer.allocate(output.remaining()).put(output).flip());
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  /** Sends what waits. */
  void sendRest() throws IOException {
    while (!unsent.isEmpty()) {
      channel.write(unsent.peek());
      if (unsent.peek().hasRemaining()) {
        return;
      }
      unsent.remove();
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  /**
   * Reads what is there.
   *
   * @param chunk as long as the buffer
   * @return false at the connection's end
   */
  boolean read(ByteBuffer input, byte[] chunk, Lines lines) throws IOException {
    int count = channel.read(input.clear());
    if (count < 0) {
      return false;
    }
    input.flip().get(chunk, 0, count);
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        if (begunLength > 0) {
          begin(chunk, from, i);
          lines.line(this, begun, 0, begunLength);
          begunLength = 0;
        } else {
          lines.line(this, chunk, from, i);
        }
        from = i + 1;
      }
    }
    begin(chunk, from, count);
    return true;
  }

  private void begin(byte[] chunk, int from, int to) {
    if (begunLength + to - from > begun.length) {
      begun = Arrays.copyOf(begun, 2 * (begunLength + to - from));
    }
    System.arraycopy(chunk, from, begun, begunLength, to - from);
    begunLength += to - from;
  }

  /** It was shown a message. */
  void saw(int message) {
    if (seenCount == seen.length) {
      seen = Arrays.copyOf(seen, 2 * seenCount + 16);
    }
    seen[seenCount++] = message;
  }

  /** The messages that it was shown, in their order. */
  int[] seen() {
    return Arrays.copyOf(seen, seenCount);
  }

  /** Closes with a reset. */
  void close() throws IOException {
    open = false;
    key.cancel();
    if (channel.isOpen()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    channel.close();
  }
}

package slipway.stream;

import io.netty.buffer.ByteBuf;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import slipway.inbox.SharedInbox;

/** The stream that a blocking service reads: the bytes of an inbox's buffers, in their order. */
final class InboxInputStream extends InputStream {

  private final SharedInbox<ByteBuf> inbox;
  private final AtomicLong reads = new AtomicLong();

  /** What was read last, of the thread that reads; a field, so that a byte costs no object. */
  private int value;

  private final ToIntFunction<ByteBuf> readByte =
      first -> {
        value = first.readUnsignedByte();
        return 1;
      };

  InboxInputStream(SharedInbox<ByteBuf> inbox) {
    this.inbox = inbox;
  }

  /**
   * Waits until something can be read or nothing more will come, or until a condition holds that
   * somebody else sets before calling {@link SharedInbox#wake}.
   */
  void await(BooleanSupplier condition) throws InterruptedIOException {
    try {
      inbox.await(condition);
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for the client");
  }

  @Override
  public int read() throws InterruptedIOException {
    return use(readByte) < 0 ? -1 : value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws InterruptedIOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    return use(
        first -> {
          int count = Math.min(length, first.readableBytes());
          first.readBytes(target, offset, count);
          return count;
        });
  }

  private int use(ToIntFunction<ByteBuf> part) throws InterruptedIOException {
    try {
      int count = inbox.use(part);
      if (count > 0) {
        reads.setOpaque(reads.getPlain() + 1);
      }
      return count;
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /** How often something was read; may be called from any thread. */
  long reads() {
    return reads.getOpaque();
  }

  @Override
  public int available() {
    return (int) inbox.size();
  }

  /** The reader has gone: what has come, and will come, is dropped. */
  @Override
  public void close() {
    inbox.close();
  }
}

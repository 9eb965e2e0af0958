package slipway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The stream that a blocking service writes: collects up to {@value #BUFFER} bytes, sends them on
 * {@code flush} or when that many are there, and blocks while the client does not read.
 *
 * <p>For one writer at a time, as streams are.
 */
final class ChannelOutputStream extends OutputStream {

  static final int BUFFER = 8 * 1024;

  private final Channel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicLong flushes = new AtomicLong();
  private ByteBuf buffer;
  private boolean givenUp;

  ChannelOutputStream(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (givenUp) {
      throw new IOException("the connection has gone to another version of the service");
    }
    int written = 0;
    while (written < length) {
      if (buffer == null) {
        buffer = channel.alloc().buffer(BUFFER, BUFFER);
      }
      int count = Math.min(length - written, buffer.writableBytes());
      buffer.writeBytes(source, offset + written, count);
      written += count;
      if (!buffer.isWritable()) {
        flush();
      }
    }
  }

  @Override
  public void flush() throws IOException {
    send();
    awaitWritable(() -> false);
  }

  /** Sends what was written, and does not wait for the client. */
  void send() throws IOException {
    ByteBuf full = buffer;
    buffer = null;
    flushes.setOpaque(flushes.getPlain() + 1);
    if (full != null) {
      ChannelFuture sent = channel.writeAndFlush(full);
      if (sent.isDone() && !sent.isSuccess()) {
        throw new IOException("the connection is closed", sent.cause());
      }
    }
  }

  /** Nothing is written any more: the connection is another's. */
  void giveUp() {
    givenUp = true;
  }

  /** How often something was sent; may be called from any thread. */
  long flushes() {
    return flushes.getOpaque();
  }

  /**
   * Waits until the client has read enough, or a condition holds that somebody else sets before
   * calling {@link #wake}.
   */
  void awaitWritable(BooleanSupplier condition) throws IOException {
    lock.lock();
    try {
      while (channel.isActive() && !channel.isWritable() && !condition.getAsBoolean()) {
        if (channel instanceof DuplexChannel duplex && duplex.isOutputShutdown()) {
          throw new IOException("the output of the connection is shut down");
        }
        changed.await();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the client to read");
    } finally {
      lock.unlock();
    }
    if (!channel.isActive()) {
      throw new ClosedChannelException();
    }
  }

  /**
   * Whoever waits looks again: the channel may have become writable, was closed, or its output was
   * shut down.
   */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

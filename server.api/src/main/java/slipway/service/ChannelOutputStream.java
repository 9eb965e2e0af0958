package slipway.service;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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
    ByteBuf full = buffer;
    buffer = null;
    flushes.setOpaque(flushes.getPlain() + 1);
    if (full != null) {
      ChannelFuture sent = channel.writeAndFlush(full);
      if (sent.isDone() && !sent.isSuccess()) {
        throw new IOException("the connection is closed", sent.cause());
      }
    }
    awaitWritable();
  }

  /** How often something was sent; may be called from any thread. */
  long flushes() {
    return flushes.getOpaque();
  }

  private void awaitWritable() throws IOException {
    lock.lock();
    try {
      while (channel.isActive() && !channel.isWritable()) {
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

  /** Called by the event loop when the channel may have become writable, or was closed. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

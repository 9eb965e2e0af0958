package slipway.service;

import io.netty.buffer.ByteBuf;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stream that a blocking service reads: buffers that the event loop offers, in their order.
 *
 * <p>A {@link ReentrantLock} and not a monitor, so that a waiting virtual thread gives its carrier
 * back on every JDK.
 */
final class ByteQueue extends InputStream {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition readable = lock.newCondition();
  private final Queue<ByteBuf> buffers = new ArrayDeque<>();
  private final int high;
  private final Runnable drained;
  private final AtomicLong reads = new AtomicLong();
  private int size;
  private boolean ended;
  private boolean closed;

  /**
   * Makes an empty queue.
   *
   * @param high number of bytes at which the queue counts as full
   * @param drained called in the reader's thread when a full queue has become half empty
   */
  ByteQueue(int high, Runnable drained) {
    this.high = high;
    this.drained = drained;
  }

  /** Takes over a buffer; false if the queue is full now. */
  boolean offer(ByteBuf buffer) {
    lock.lock();
    try {
      if (closed || ended || !buffer.isReadable()) {
        buffer.release();
        return true;
      }
      buffers.add(buffer);
      size += buffer.readableBytes();
      readable.signal();
      return size < high;
    } finally {
      lock.unlock();
    }
  }

  boolean isFull() {
    lock.lock();
    try {
      return size >= high;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will come: what is queued can still be read, then reading gives -1. */
  void end() {
    lock.lock();
    try {
      ended = true;
      readable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The reader has gone: releases what is queued, and whatever is still offered. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      buffers.forEach(ByteBuf::release);
      buffers.clear();
      size = 0;
      readable.signalAll();
    } finally {
      lock.unlock();
    }
    drained.run();
  }

  @Override
  public int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws InterruptedIOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    boolean resume;
    int count;
    lock.lock();
    try {
      while (buffers.isEmpty() && !ended && !closed) {
        readable.await();
      }
      if (buffers.isEmpty()) {
        return -1;
      }
      ByteBuf first = buffers.element();
      count = Math.min(length, first.readableBytes());
      first.readBytes(target, offset, count);
      if (!first.isReadable()) {
        buffers.remove().release();
      }
      reads.setOpaque(reads.getPlain() + 1);
      int before = size;
      size -= count;
      resume = before > high / 2 && size <= high / 2;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the client");
    } finally {
      lock.unlock();
    }
    if (resume) {
      drained.run();
    }
    return count;
  }

  /** How often something was read; may be called from any thread. */
  long reads() {
    return reads.getOpaque();
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }
}

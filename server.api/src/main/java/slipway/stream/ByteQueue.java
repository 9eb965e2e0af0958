package slipway.stream;

import io.netty.buffer.ByteBuf;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

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

  /**
   * Waits until something can be read or nothing more will come, or until a condition holds that
   * somebody else sets before calling {@link #wake}.
   */
  void await(BooleanSupplier condition) throws InterruptedIOException {
    lock.lock();
    try {
      while (nothingYet() && !condition.getAsBoolean()) {
        readable.await();
      }
    } catch (InterruptedException interrupted) {
      throw interrupted();
    } finally {
      lock.unlock();
    }
  }

  private boolean nothingYet() {
    return buffers.isEmpty() && !ended && !closed;
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for the client");
  }

  /** Whoever waits looks at its condition again. */
  void wake() {
    lock.lock();
    try {
      readable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@link #end} was called. */
  boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the queue; what was queued is the caller's. */
  List<ByteBuf> takeAll() {
    lock.lock();
    try {
      closed = true;
      List<ByteBuf> all = List.copyOf(buffers);
      buffers.clear();
      size = 0;
      readable.signalAll();
      return all;
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
    takeAll().forEach(ByteBuf::release);
    drained.run();
  }

  @Override
  public int read() throws InterruptedIOException {
    boolean resume;
    int value;
    lock.lock();
    try {
      if (!awaitInput()) {
        return -1;
      }
      value = buffers.element().readUnsignedByte();
      resume = taken(1);
    } finally {
      lock.unlock();
    }
    if (resume) {
      drained.run();
    }
    return value;
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
      if (!awaitInput()) {
        return -1;
      }
      ByteBuf first = buffers.element();
      count = Math.min(length, first.readableBytes());
      first.readBytes(target, offset, count);
      resume = taken(count);
    } finally {
      lock.unlock();
    }
    if (resume) {
      drained.run();
    }
    return count;
  }

  /** Waits for bytes; false if there will be none. */
  private boolean awaitInput() throws InterruptedIOException {
    await(() -> false);
    return !buffers.isEmpty();
  }

  /** Some of the first buffer's bytes were read; true if the queue has become half empty by it. */
  private boolean taken(int count) {
    if (!buffers.element().isReadable()) {
      buffers.remove().release();
    }
    reads.setOpaque(reads.getPlain() + 1);
    int before = size;
    size -= count;
    return before > high / 2 && size <= high / 2;
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

package slipway.packet;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a session was sent last, in the order of the wire, for a peer that has lost its connection
 * and lacks some of it. A position is a number of bytes since the session has begun.
 *
 * <pre>
 *   0 ── the peer has it ──▶ oldest ═══ is kept, up to a limit ═══▶ end
 * </pre>
 *
 * <p>It is a copy: small packets would keep whole buffers of the pool, many times their size. It
 * grows with what the peer has not acknowledged, so that of a peer that does so little is kept.
 *
 * <p><b>Threads.</b> The event loop of the session appends. Any thread acknowledges and claims:
 * whoever has claimed it is the only one, and finds it as it was then or longer, until it is
 * released.
 */
final class SentBytes {

  private static final int FIRST = 1024;

  private final int limit;

  /** The position of the first byte that is kept, or its complement if it is claimed. */
  private final AtomicLong oldest = new AtomicLong();

  private volatile long end;

  /** Up to where the peer has it. */
  private volatile long acknowledged;

  /** A byte is at its position modulo the length. */
  private byte[] ring = {};

  /**
   * Makes it, empty.
   *
   * @param limit how many bytes are kept
   */
  SentBytes(int limit) {
    this.limit = limit;
  }

  // ---- the event loop --------------------------------------------------------------------------

  /** The readable bytes of a buffer are sent, which does not change. */
  void append(ByteBuf bytes) {
    int length = bytes.readableBytes();
    long before = end;
    long after = before + length;
    forget(Math.max(acknowledged, after - limit));
    long from = oldest();
    grow(from, before, Math.toIntExact(after - from));
    int skipped = (int) Math.max(0, from - before); // it is longer than what may be kept
    put(before + skipped, bytes, bytes.readerIndex() + skipped, length - skipped);
    end = after;
  }

  /** Keeps nothing before a position, unless it is claimed. */
  private void forget(long position) {
    long now = oldest.get();
    while (now >= 0 && now < position && !oldest.compareAndSet(now, position)) {
      now = oldest.get();
    }
  }

  private long oldest() {
    long now = oldest.get();
    return now < 0 ? ~now : now;
  }

  private void grow(long from, long to, int needed) {
    if (needed <= ring.length) {
      return;
    }
    byte[] larger = new byte[Math.max(needed, Math.min(limit, Math.max(FIRST, 2 * ring.length)))];
    for (long each = from; each < to; ) {
      int at = (int) (each % ring.length);
      int target = (int) (each % larger.length);
      int run = Math.min(ring.length - at, larger.length - target);
      run = (int) Math.min(run, to - each);
      System.arraycopy(ring, at, larger, target, run);
      each += run;
    }
    ring = larger;
  }

  private void put(long position, ByteBuf bytes, int index, int length) {
    if (length > 0) {
      int at = (int) (position % ring.length);
      int first = Math.min(length, ring.length - at);
      bytes.getBytes(index, ring, at, first);
      bytes.getBytes(index + first, ring, 0, length - first);
    }
  }

  // ---- any thread ------------------------------------------------------------------------------

  /** The position behind what was sent. */
  long end() {
    return end;
  }

  /** The peer has all up to a position; false if it was not sent so much. */
  boolean acknowledge(long position) {
    if (position < 0 || position > end) {
      return false;
    }
    acknowledged = Math.max(acknowledged, position);
    return true;
  }

  /** Claims what follows a position; false if some of it is not kept, or it is claimed. */
  boolean claim(long position) {
    long now = oldest.get();
    while (now >= 0 && now <= position && position <= end) {
      if (oldest.compareAndSet(now, ~position)) {
        return true;
      }
      now = oldest.get();
    }
    return false;
  }

  /** Claims it, for nobody else to do so; false if it is claimed. */
  boolean claim() {
    long now = oldest.get();
    while (now >= 0) {
      if (oldest.compareAndSet(now, ~now)) {
        return true;
      }
      now = oldest.get();
    }
    return false;
  }

  boolean isClaimed() {
    return oldest.get() < 0;
  }

  // ---- whoever has claimed it, when nothing is appended any more -------------------------------

  /** How many bytes follow the position. */
  int claimed() {
    return Math.toIntExact(end - oldest());
  }

  /** Writes what follows the position, and lets others claim it. */
  void release(ByteBuf target) {
    long from = oldest();
    for (long each = from; each < end; ) {
      int at = (int) (each % ring.length);
      int run = (int) Math.min(ring.length - at, end - each);
      target.writeBytes(ring, at, run);
      each += run;
    }
    oldest.set(from);
  }
}

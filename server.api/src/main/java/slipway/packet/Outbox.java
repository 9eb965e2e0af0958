package slipway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a peer has not taken yet. As long as its channel is writable, packets go straight there;
 * else they wait here, in their order and bounded in bytes. Confined to the channel's event loop.
 *
 * <p>If more waits than may, packets that may be left out go first. A transport may send what was
 * written only in its event loop's next turn, as io_uring does. So only after that is a peer judged
 * for what waits:
 *
 * <pre>
 *              not writable             more waits than may            still so after a turn
 *   DIRECT ───────────────────▶ WAITING ─────────────────▶ JUDGED ─────────────────────▶ CLOSED
 *     ▲                          │   ▲                       │
 *     └─────── writable ─────────┘   └──────── less waits ───┘
 * </pre>
 */
final class Outbox {

  /** A scheduled task runs behind the input and output of its event loop's next turn. */
  private static final long TURN_MILLIS = 1;

  private enum State {
    DIRECT,
    WAITING,
    JUDGED,
    CLOSED
  }

  private final ChannelHandlerContext context;
  private final int limit;
  private final Runnable slow;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>(0);
  private final Map<Long, Waiting> latest = new HashMap<>();
  private State state = State.DIRECT;
  private int size;
  private int optional;
  private long leftOut;

  /** Whether something was written to the channel that it was not told to send. */
  private boolean unflushed;

  /** Judges after the transport's turn; null unless the peer is judged. */
  private Future<?> verdict;

  /**
   * Makes it, with nothing waiting.
   *
   * @param limit bytes that may wait here
   * @param slow called once if more waits that must be sent; this is closed then
   */
  Outbox(ChannelHandlerContext context, int limit, Runnable slow) {
    this.context = context;
    this.limit = limit;
    this.slow = slow;
  }

  /** Whether what is sent goes straight to the channel. */
  boolean isDirect() {
    return state == State.DIRECT && context.channel().isWritable();
  }

  // ---- what is sent ----------------------------------------------------------------------------

  /** Writes bytes, or keeps them; they are this one's. */
  void must(ByteBuf bytes) {
    if (state == State.CLOSED) {
      bytes.release();
    } else if (isDirect()) {
      write(bytes);
    } else {
      keep(new Waiting(Waiting.Kind.MUST, bytes));
    }
  }

  /**
   * As {@link #must}; takes the place of one of the same key that still waits. So it waits no
   * longer than that one would have, however often there is a newer one.
   */
  void latest(ByteBuf bytes, long key) {
    Waiting older = state == State.CLOSED || isDirect() ? null : latest.get(key);
    if (older != null) {
      size += bytes.readableBytes() - older.size();
      older.replace(bytes);
      leftOut++;
      seeThatItIsNotTooMuch();
    } else if (state == State.CLOSED || isDirect()) {
      must(bytes);
    } else {
      Waiting waiting = new Waiting(Waiting.Kind.LATEST, bytes, key);
      latest.put(key, waiting);
      keep(waiting);
    }
  }

  /** As {@link #must}; it may be left out if too much waits. */
  void may(ByteBuf bytes) {
    if (state == State.CLOSED || isDirect()) {
      must(bytes);
    } else {
      optional++;
      keep(new Waiting(Waiting.Kind.MAY, bytes));
    }
  }

  private void keep(Waiting waiting) {
    queue.add(waiting);
    size += waiting.size();
    if (state == State.DIRECT) {
      state = State.WAITING;
    }
    seeThatItIsNotTooMuch();
  }

  private void seeThatItIsNotTooMuch() {
    if (size > limit && optional > 0) {
      leaveOut();
    }
    if (size > limit && state == State.WAITING) {
      state = State.JUDGED;
      verdict =
          context.channel().eventLoop().schedule(this::judge, TURN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Leaves out packets that may be, the oldest first, until no more waits than may. */
  private void leaveOut() {
    for (Iterator<Waiting> each = queue.iterator();
        size > limit && optional > 0 && each.hasNext(); ) {
      Waiting waiting = each.next();
      if (waiting.kind() == Waiting.Kind.MAY) {
        each.remove();
        size -= waiting.size();
        waiting.bytes().release();
        optional--;
        leftOut++;
      }
    }
  }

  // ---- what becomes of it ----------------------------------------------------------------------

  private void judge() {
    if (state != State.JUDGED) {
      return;
    }
    drain();
    if (size > limit) {
      close();
      slow.run();
    } else {
      state = queue.isEmpty() ? State.DIRECT : State.WAITING;
    }
  }

  /** The channel may be writable again. */
  void writable() {
    if (state == State.WAITING || state == State.JUDGED) {
      drain();
      if (queue.isEmpty()) {
        cancel();
        state = State.DIRECT;
      }
    }
  }

  private void drain() {
    boolean wrote = false;
    while (!queue.isEmpty() && context.channel().isWritable()) {
      write(queue.poll());
      wrote = true;
    }
    if (wrote) { // not within a write, which may call this
      flush();
    }
  }

  private void write(Waiting next) {
    size -= next.size();
    switch (next.kind()) {
      case MUST -> {}
      case LATEST -> latest.remove(next.key());
      case MAY -> optional--;
    }
    write(next.bytes());
  }

  private void write(ByteBuf bytes) {
    unflushed = true;
    context.write(bytes, context.voidPromise());
  }

  /** Has the channel send what was written to it, if that has not been done. */
  void flush() {
    if (unflushed) {
      unflushed = false;
      context.flush();
    }
  }

  /** Writes all that waits, however much, as the last that goes out here. */
  void finish() {
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      write(next);
    }
    flush();
    close();
  }

  /** Drops what waits, and all that comes. */
  void close() {
    cancel();
    state = State.CLOSED;
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      next.bytes().release();
    }
    latest.clear();
    size = 0;
  }

  private void cancel() {
    if (verdict != null) {
      verdict.cancel(false);
      verdict = null;
    }
  }

  /** Bytes that wait here. */
  int size() {
    return size;
  }

  /** How many packets were left out. */
  long leftOut() {
    return leftOut;
  }
}

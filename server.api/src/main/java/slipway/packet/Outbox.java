package slipway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.List;
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
 *
 * <p>A connection that takes the place of another one is HELD until it has what waits there. What
 * is written to one whose place is being taken would be lost, so it waits, too.
 */
final class Outbox {

  /** A scheduled task runs behind the input and output of its event loop's next turn. */
  private static final long TURN_MILLIS = 1;

  private enum State {
    DIRECT,
    WAITING,
    JUDGED,
    HELD,
    CLOSED
  }

  private final ChannelHandlerContext context;
  private final int limit;
  private final Runnable slow;

  /** Keeps what was written, for a peer that loses its connection; null if that is not wanted. */
  private SentBytes sent;

  private final WaitingQueue queue = new WaitingQueue();
  private State state = State.DIRECT;
  private long leftOut;

  /** Whether something was written to the channel that it was not told to send. */
  private boolean unflushed;

  /** Judges after the transport's turn; null unless the peer is judged. */
  private Future<?> verdict;

  /**
   * Makes it, with nothing waiting.
   *
   * @param limit bytes that may wait here
   * @param sent keeps what was written; null if nobody does
   * @param slow called once if more waits that must be sent; this is closed then
   */
  Outbox(ChannelHandlerContext context, int limit, SentBytes sent, Runnable slow) {
    this.context = context;
    this.limit = limit;
    this.sent = sent;
    this.slow = slow;
  }

  /** Whether what is sent goes straight to the channel. */
  boolean isDirect() {
    return state == State.DIRECT && isWritable();
  }

  private boolean isWritable() {
    return context.channel().isWritable() && (sent == null || !sent.isClaimed());
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
    Waiting older = state == State.CLOSED || isDirect() ? null : queue.latest(key);
    if (older != null) {
      queue.replace(older, new Waiting(Waiting.Kind.LATEST, bytes, key));
      leftOut++;
      seeThatItIsNotTooMuch();
    } else if (state == State.CLOSED || isDirect()) {
      must(bytes);
    } else {
      keep(new Waiting(Waiting.Kind.LATEST, bytes, key));
    }
  }

  /** As {@link #must}; it may be left out if too much waits. */
  void may(ByteBuf bytes) {
    if (state == State.CLOSED || isDirect()) {
      must(bytes);
    } else if (!context.channel().isActive()) { // its peer is away, and not only slow
      bytes.release();
      leftOut++;
    } else {
      keep(new Waiting(Waiting.Kind.MAY, bytes));
    }
  }

  private void keep(Waiting waiting) {
    queue.add(waiting);
    if (state == State.DIRECT) {
      state = State.WAITING;
    }
    seeThatItIsNotTooMuch();
  }

  private void seeThatItIsNotTooMuch() {
    if (queue.size() > limit && queue.hasOptional()) {
      leftOut += queue.leaveOut(limit);
    }
    if (queue.size() > limit && state == State.WAITING) {
      state = State.JUDGED;
      verdict =
          context.channel().eventLoop().schedule(this::judge, TURN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  // ---- what becomes of it ----------------------------------------------------------------------

  private void judge() {
    if (state != State.JUDGED) {
      return;
    }
    drain();
    if (queue.size() > limit) {
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
    while (!queue.isEmpty() && isWritable()) {
      write(queue.poll().bytes());
      wrote = true;
    }
    if (wrote) { // not within a write, which may call this
      flush();
    }
  }

  private void write(ByteBuf bytes) {
    if (sent != null) {
      sent.append(bytes);
    }
    writeUnkept(bytes);
  }

  private void writeUnkept(ByteBuf bytes) {
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

  private void writeAll() {
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      write(next.bytes());
    }
    flush();
  }

  /** Writes all that waits, however much, as the last that goes out here. */
  void finish() {
    writeAll();
    close();
  }

  /** Drops what waits, and all that comes. */
  void close() {
    cancel();
    state = State.CLOSED;
    queue.clear();
  }

  private void cancel() {
    if (verdict != null) {
      verdict.cancel(false);
      verdict = null;
    }
  }

  // ---- from one connection to another ----------------------------------------------------------

  /** Gives up what waits, and drops all that comes. */
  List<Waiting> giveUp() {
    List<Waiting> given = queue.takeAll();
    close();
    return given;
  }

  /** Holds what comes, for something else to go out first. */
  void hold() {
    if (state != State.CLOSED) {
      writeAll();
      cancel();
      state = State.HELD;
    }
  }

  /** Goes on for another one: with what its peer lacks, what it has given up, and what is held. */
  void take(SentBytes other, List<Waiting> given) {
    if (state == State.CLOSED) {
      given.forEach(waiting -> waiting.bytes().release());
      return;
    }
    ByteBuf lacking = context.alloc().buffer(other.claimed());
    other.release(lacking);
    writeUnkept(lacking);
    sent = other;
    List<Waiting> held = queue.takeAll();
    state = State.WAITING;
    given.forEach(queue::add);
    held.forEach(queue::add);
    flush();
    writable();
    seeThatItIsNotTooMuch();
  }

  // ---- what is to be seen of it ----------------------------------------------------------------

  /** Bytes that wait here. */
  int size() {
    return queue.size();
  }

  /** How many packets were left out. */
  long leftOut() {
    return leftOut;
  }
}

package slipway.services.chat.room;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * What waits to be sent to a connection, and the verdict on a user who reads too slowly. What the
 * user has asked for, such as a long history, is not held against a slow line. Confined to the
 * connection's event loop.
 *
 * <p>A transport may send what was written only when the event loop has its next turn, as io_uring
 * does: what waits until then says nothing about the reader. So if more waits than may, further
 * lines are held until the transport has had its turn, and only then is it decided:
 *
 * <pre>
 *              more waits than may               still so after a turn
 *    OPEN ─────────────────────────▶ HOLDING ─────────────────────────▶ GIVEN_UP
 *     ▲                                 │
 *     └──── less waits, or an answer ───┘
 * </pre>
 */
public final class Backlog {

  /** A scheduled task runs behind the input and output of its event loop's next turn. */
  private static final long TURN_MILLIS = 1;

  private final Channel channel;
  private final Runnable tooSlow;
  private final Deque<Held> held = new ArrayDeque<>();
  private State state = State.OPEN;

  /** Bytes that may wait beyond the limit, until less than the limit waits. */
  private long asked;

  /** What may wait, as of the last line. */
  private long limit;

  /** Decides after the transport's turn; null unless lines are held. */
  private Future<?> verdict;

  private enum State {
    /** Lines are written. */
    OPEN,
    /** Lines are held until the transport has had its turn. */
    HOLDING,
    /** Lines are dropped. */
    GIVEN_UP
  }

  private record Held(Runnable write, Runnable drop) {}

  /**
   * Makes it; what waits already is not held against the connection.
   *
   * @param tooSlow called once if the user reads too slowly; no line is written after that
   */
  public Backlog(Channel channel, Runnable tooSlow) {
    this.channel = channel;
    this.tooSlow = tooSlow;
    this.asked = waiting();
  }

  private long waiting() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** An answer to the connection's own question is about to be written. */
  public void asked(long bytes) {
    asked = waiting() + bytes;
  }

  /**
   * Whether a line may be written now. If not, it has to be held.
   *
   * @param most bytes that may wait
   */
  public boolean admits(long most) {
    limit = most;
    return state == State.OPEN && !isOver();
  }

  private boolean isOver() {
    long waiting = waiting();
    if (waiting <= limit) {
      asked = 0;
      return false;
    }
    return waiting - asked > limit;
  }

  /**
   * Holds a line until the transport has had its turn. One of the two is called then, once.
   *
   * @param write writes the line and flushes
   * @param drop releases what the line holds
   */
  public void hold(Runnable write, Runnable drop) {
    if (state == State.GIVEN_UP) {
      drop.run();
      return;
    }
    held.add(new Held(write, drop));
    if (state == State.OPEN) {
      decideLater();
    }
  }

  private void decideLater() {
    state = State.HOLDING;
    verdict = channel.eventLoop().schedule(this::decide, TURN_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void decide() {
    if (isOver()) {
      tooSlow();
      return;
    }
    while (!held.isEmpty() && !isOver()) {
      held.poll().write().run();
    }
    if (state == State.HOLDING) {
      if (held.isEmpty()) {
        state = State.OPEN;
      } else {
        decideLater();
      }
    }
  }

  /** Writes what is held, as something is to be written behind it. */
  public void writeHeld() {
    if (state == State.HOLDING) {
      verdict.cancel(false);
      state = State.OPEN;
      for (Held next = held.poll(); next != null; next = held.poll()) {
        next.write().run();
      }
    }
  }

  /** More is to be written than may wait. */
  void tooSlow() {
    if (state != State.GIVEN_UP) {
      giveUp();
      tooSlow.run();
    }
  }

  /** Nothing is written any more, nor is what is held. */
  public void giveUp() {
    if (state == State.HOLDING) {
      verdict.cancel(false);
    }
    state = State.GIVEN_UP;
    for (Held next = held.poll(); next != null; next = held.poll()) {
      next.drop().run();
    }
  }
}

package slipway.packet;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;

/**
 * Whether something is heard of a peer. Nothing is scheduled for each byte: a task looks when the
 * last one came. Confined to the event loop.
 */
final class Heartbeat {

  private final EventExecutor loop;
  private final long longest;
  private final Runnable silent;

  /** Since when the peer is silent, in nanoseconds. */
  private long heard;

  /** Whether the peer is read: one that is not may send all the time. */
  private boolean listening = true;

  /** Looks whether something has come; null if nobody asks. */
  private Future<?> look;

  /**
   * Begins to listen.
   *
   * @param longest how long the peer may send nothing; zero for as long as it likes
   * @param silent called once if it does
   */
  Heartbeat(EventExecutor loop, Duration longest, Runnable silent) {
    this.loop = loop;
    this.longest = longest.toNanos();
    this.silent = silent;
    this.heard = now();
    if (isAsked()) {
      lookIn(this.longest);
    }
  }

  private long now() {
    return loop.ticker().nanoTime();
  }

  /** Whether it matters when something comes. */
  boolean isAsked() {
    return longest > 0;
  }

  /** Something has come. */
  void heard(long now) {
    heard = now;
  }

  /** Says whether the peer is read. */
  void listens(boolean read) {
    if (read && !listening) {
      heard = now();
    }
    listening = read;
  }

  private void lookIn(long nanos) {
    look = loop.schedule(this::look, nanos, NANOSECONDS);
  }

  private void look() {
    long left = listening ? longest - (now() - heard) : longest;
    if (left > 0) {
      lookIn(left);
    } else {
      silent.run();
    }
  }

  /** Listens no more. */
  void close() {
    if (look != null) {
      look.cancel(false);
    }
  }
}

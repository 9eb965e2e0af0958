package slipway.launcher;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long a client waits for a host. A host that lives says something every two seconds while a
 * command runs, however long that takes; one that is frozen says nothing, and its connection is
 * closed here, which ends what waits for it.
 *
 * <p>A thread of its own watches; the others may call from any thread.
 */
final class Patience {

  /** Longer than a host that collects garbage or swaps is silent. */
  static final Duration SILENCE = Duration.ofSeconds(15);

  private final SocketChannel channel;
  private final Duration silence;
  private final Optional<Duration> limit;
  private final LongSupplier nanos;
  private final long begun;
  private volatile boolean waiting;
  private volatile long heard;
  private volatile String reason;

  private Patience(
      SocketChannel channel, Duration silence, Optional<Duration> limit, LongSupplier nanos) {
    this.channel = channel;
    this.silence = silence;
    this.limit = limit;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /**
   * Begins to watch a connection, until it is closed.
   *
   * @param silence how long the host may say nothing while it is waited for
   * @param limit how long all may take; empty for as long as it takes
   * @param nanos the clock, as {@link System#nanoTime}; read by any thread
   */
  static Patience with(
      SocketChannel channel, Duration silence, Optional<Duration> limit, LongSupplier nanos) {
    Patience patience = new Patience(channel, silence, limit, nanos);
    Thread.ofPlatform().daemon().name("slipway-patience").start(patience::watch);
    return patience;
  }

  /** From now on the host has to say something from time to time. */
  void begin() {
    heard();
    waiting = true;
  }

  /** The host has said something. */
  void heard() {
    heard = nanos.getAsLong();
  }

  /** From now on the host may be silent: a person is waited for, or nobody. */
  void end() {
    waiting = false;
  }

  private void watch() {
    while (channel.isOpen()) {
      Pause.briefly();
      long now = nanos.getAsLong();
      if (limit.isPresent() && now - begun > limit.get().toNanos()) {
        giveUp("the command did not end within " + Limit.format(limit.get()) + " (--timeout)");
      } else if (waiting && now - heard > silence.toNanos()) {
        giveUp(
            "the host has said nothing for "
                + Limit.format(silence)
                + ": it is frozen or overloaded, and may still carry out the command;"
                + " bin/slipway stop ends it in any case");
      }
    }
  }

  private void giveUp(String why) {
    reason = why;
    try {
      channel.close();
    } catch (IOException closed) {
      // it is closed, as intended
    }
  }

  /** The failure to report: that the host or the command took too long, if that is the cause. */
  IOException of(IOException failure) {
    String why = reason;
    return why == null ? failure : new SilentHostException(why);
  }
}

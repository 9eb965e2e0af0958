package slipway.server.core.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A new channel on its way to an event loop: offered to one, and to the next if that one does not
 * take it in a moment. The first that comes to it has it.
 */
final class Placement {

  private final ChannelPromise placed;
  private final AtomicReference<ChannelPromise> free;
  private final Supplier<EventLoop> loops;
  private final ScheduledExecutorService clock;
  private final Duration patience;
  private int offers;

  /**
   * Makes what can begin once.
   *
   * @param loops gives the loop to be asked next
   * @param offers how many loops are asked at the most
   * @param clock where the time is waited for; owns this from the second offer on
   */
  Placement(
      Channel channel,
      Supplier<EventLoop> loops,
      int offers,
      ScheduledExecutorService clock,
      Duration patience) {
    // no loop to be told in yet
    this.placed = new DefaultChannelPromise(channel, ImmediateEventExecutor.INSTANCE);
    this.free = new AtomicReference<>(placed);
    this.loops = loops;
    this.offers = offers;
    this.clock = clock;
    this.patience = patience;
  }

  /** Offers it; the future is completed when it is registered. */
  ChannelFuture begin() {
    offer();
    return placed;
  }

  private void offer() {
    if (free.get() == null) {
      return;
    }
    try {
      EventLoop loop = loops.get();
      loop.execute(() -> take(loop));
      if (--offers > 0) {
        clock.schedule(this::offer, patience.toNanos(), NANOSECONDS);
      }
    } catch (RejectedExecutionException ending) {
      placed.tryFailure(ending);
    }
  }

  private void take(EventLoop loop) {
    ChannelPromise taken = free.getAndSet(null);
    if (taken != null) {
      loop.register(taken);
    }
  }
}

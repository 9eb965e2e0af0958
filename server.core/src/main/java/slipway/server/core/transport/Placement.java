package slipway.server.core.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A new channel on its way to an event loop: offered to one, and to the next if that one does not
 * take it in a moment. The first that comes to it has it.
 *
 * <p>Offered by one thread at a time.
 */
final class Placement {

  private final ChannelPromise placed;
  private final AtomicReference<ChannelPromise> free;
  private final Supplier<EventLoop> loops;
  private int offers;
  private long offeredAt;

  /**
   * Makes a placement for which no loop was asked yet.
   *
   * @param loops gives the loop to be asked next
   * @param offers how many loops are asked at the most
   */
  Placement(Channel channel, Supplier<EventLoop> loops, int offers) {
    // no loop to be told in yet
    this.placed = new DefaultChannelPromise(channel, ImmediateEventExecutor.INSTANCE);
    this.free = new AtomicReference<>(placed);
    this.loops = loops;
    this.offers = offers;
  }

  /** Completed when it is registered; told in any thread. */
  ChannelFuture placed() {
    return placed;
  }

  /** Whether no loop has taken it yet, and there is another one to ask. */
  boolean isOpen() {
    return offers > 0 && free.get() != null;
  }

  /** When it was offered last, by {@link System#nanoTime}. */
  long offeredAt() {
    return offeredAt;
  }

  /** Asks the next loop. */
  void offer(long now) {
    offers--;
    offeredAt = now;
    try {
      EventLoop loop = loops.get();
      loop.execute(() -> take(loop));
    } catch (RejectedExecutionException ending) {
      offers = 0;
      if (free.getAndSet(null) != null) {
        placed.tryFailure(ending);
      }
    }
  }

  private void take(EventLoop loop) {
    ChannelPromise taken = free.getAndSet(null);
    if (taken != null) {
      loop.register(taken);
    }
  }
}

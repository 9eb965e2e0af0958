package slipway.server.acceptor;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts an acceptor's open connections against its limit. Slots are taken by one event loop at a
 * time and freed by any, as it listens to the close of each connection.
 */
final class Slots implements ChannelFutureListener {

  private final AtomicInteger taken = new AtomicInteger();
  private volatile int max;
  private volatile boolean awaited;
  private volatile Runnable whenFreed = () -> {};

  /** Sets the limit; 0 for none. */
  void limit(int connections) {
    max = connections;
    wake();
  }

  /**
   * Sets what waits for a slot.
   *
   * @param action called in any thread when there may be one; must not block
   */
  void whenFreed(Runnable action) {
    whenFreed = action;
  }

  /** Whether there is a slot; if not, {@link #whenFreed} is called when there may be one. */
  boolean isFree() {
    if (max == 0 || taken.get() < max) {
      return true;
    }
    awaited = true;
    return taken.get() < max; // one may have been freed before anything waited
  }

  void take() {
    taken.incrementAndGet();
  }

  @Override
  public void operationComplete(ChannelFuture closed) {
    taken.decrementAndGet();
    wake();
  }

  private void wake() {
    if (awaited) {
      awaited = false;
      whenFreed.run();
    }
  }

  int taken() {
    return taken.get();
  }
}

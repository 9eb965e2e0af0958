package slipway.testkit;

import io.netty.channel.Channel;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * An event loop that is the thread of the test: nothing happens in it unless the test lets it. Its
 * time stands still until the test lets some pass. Other threads may give it tasks.
 */
final class TestLoop {

  private final Semaphore bell = new Semaphore(0);
  private final MockTicker ticker = Ticker.newMockTicker();
  private final ManualIoEventLoop loop =
      new ManualIoEventLoop(null, Thread.currentThread(), executor -> new NoIo(), ticker);

  /** Connections in memory need no system; only the bell is of use. */
  private final class NoIo implements IoHandler {
    @Override
    public int run(IoHandlerContext context) {
      return 0;
    }

    @Override
    public IoRegistration register(IoHandle handle) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void wakeup() {
      bell.release();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
      return false;
    }
  }

  void register(Channel channel) {
    channel.unsafe().register(loop, channel.newPromise());
  }

  /** Rings for {@link #await}, from any thread: the condition may hold now. */
  void ring() {
    bell.release();
  }

  /** Does what waits, and what follows from it. */
  void run() {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException(
          "a TestHost and its connections belong to the thread that has made the TestHost");
    }
    while (loop.runNow() > 0) {
      // there may be more
    }
  }

  /** Lets time pass, and does what is due then. */
  void pass(Duration time) {
    ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS);
    run();
  }

  /**
   * Does what comes until a condition holds.
   *
   * @param limit how long to wait, in real time
   * @return whether it holds
   */
  boolean await(BooleanSupplier condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    run();
    while (!condition.getAsBoolean()) {
      try {
        if (!bell.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
      bell.drainPermits();
      run();
    }
    return true;
  }
}

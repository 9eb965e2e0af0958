package slipway.server.core.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.watch.Occupation;
import slipway.server.core.watch.Occupied;

/**
 * An event loop of the host. It tells the watchdog what it does, and the host alone ends it: a
 * service gets at it through its connection's channel.
 */
final class HostLoop extends SingleThreadIoEventLoop implements Occupied {

  private static final Logger LOG = LoggerFactory.getLogger(HostLoop.class);

  private volatile boolean mayEnd;

  HostLoop(IoEventLoopGroup group, Executor executor, IoHandlerFactory handlers) {
    super(group, executor, handlers);
  }

  private CountedIo io() {
    return (CountedIo) ioHandler();
  }

  @Override
  public Occupation occupation() {
    return io().occupation();
  }

  @Override
  protected void run() {
    io().occupation().runBy(Thread.currentThread());
    try {
      super.run();
    } finally {
      io().occupation().runBy(null);
    }
  }

  /** What it has to do, in one line. */
  String described() {
    Thread runner = io().occupation().thread();
    return (runner == null ? "a loop that has not begun" : runner.getName())
        + ": channels "
        + getNumOfRegisteredChannels()
        + ", tasks waiting "
        + pendingTasks()
        + ", "
        + io().occupation().described();
  }

  @Override
  public boolean isIoType(Class<? extends IoHandler> type) {
    return io().type().equals(type);
  }

  /**
   * Ends it: what runs gets a moment.
   *
   * @param nanos how long that is at the most
   */
  void end(long nanos) {
    mayEnd = true;
    super.shutdownGracefully(0, nanos, NANOSECONDS);
  }

  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    if (mayEnd) {
      return super.shutdownGracefully(quietPeriod, timeout, unit);
    }
    refuse();
    return terminationFuture();
  }

  @Override
  @Deprecated
  public void shutdown() {
    if (mayEnd) {
      super.shutdown();
    } else {
      refuse();
    }
  }

  /** The stack shows the caller. */
  private static void refuse() {
    LOG.warn(
        "an event loop belongs to the host, and only the host ends it",
        new IllegalStateException("this call tried to end it"));
  }
}

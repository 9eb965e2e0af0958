package slipway.server.core.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import slipway.dump.Dump;
import slipway.server.core.watch.Occupied;

/** Some event loops of the host, of one kind. */
final class HostLoops extends MultiThreadIoEventLoopGroup {

  /** How long a loop may let a new channel wait before another one may take it. */
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final Placements placements;

  /**
   * Makes them; a thread begins when its loop has something to do.
   *
   * @param name the beginning of the threads' names
   * @param clock gives a channel to the next loop when one does not take it; never blocked by a
   *     service. Null if all loops are the host's own
   */
  HostLoops(TransportKind kind, int threads, String name, ScheduledExecutorService clock) {
    super(threads, new DefaultThreadFactory(name, true), counted(kind));
    this.placements = clock == null ? null : new Placements(clock, PATIENCE);
  }

  private static IoHandlerFactory counted(TransportKind kind) {
    IoHandlerFactory handlers = kind.newHandlers();
    return loop -> new CountedIo(handlers.newHandler(loop), kind::kept);
  }

  @Override
  protected IoEventLoop newChild(
      Executor executor, IoHandlerFactory handlers, Object... otherArguments) {
    return new HostLoop(this, executor, handlers);
  }

  List<Occupied> loops() {
    List<Occupied> loops = new ArrayList<>();
    for (EventExecutor loop : this) {
      loops.add((Occupied) loop);
    }
    return loops;
  }

  /** Adds a line for each loop. */
  void describe(Dump dump) {
    for (EventExecutor loop : this) {
      dump.line(((HostLoop) loop).described());
    }
  }

  /**
   * Gives a channel to the first loop that takes it. A loop that a service blocks takes none, and
   * clients of others are not to wait for it.
   */
  @Override
  public ChannelFuture register(Channel channel) {
    if (placements == null || executorCount() == 1) {
      return super.register(channel);
    }
    Placement placement = new Placement(channel, this::nextLoop, 2 * executorCount());
    placements.begin(placement);
    return placement.placed();
  }

  private EventLoop nextLoop() {
    return next();
  }

  /**
   * Ends them: what runs gets a moment.
   *
   * @param limit how long that is at the most
   */
  void end(Duration limit) {
    for (EventExecutor loop : this) {
      ((HostLoop) loop).end(limit.toNanos());
    }
  }

  /**
   * Waits until all have ended.
   *
   * @param isKept those that are not waited for, as code of a service keeps them
   */
  void awaitEnd(Duration limit, Predicate<Object> isKept) {
    long end = System.nanoTime() + limit.toNanos();
    for (EventExecutor loop : this) {
      if (!isKept.test(loop)) {
        loop.terminationFuture().awaitUninterruptibly(end - System.nanoTime(), NANOSECONDS);
      }
    }
  }
}

package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.life.Leases;
import slipway.server.core.pipeline.DroppedFailures;
import slipway.server.core.pipeline.Held;
import slipway.server.core.pipeline.HostHandler;
import slipway.server.core.watch.Occupation;
import slipway.server.core.watch.Occupied;
import slipway.service.LogContext;

/**
 * What the host does before a service's handlers: counts bytes, stops reading from a peer that does
 * not read what is written, closes a connection that is idle, and keeps the tail last.
 *
 * <p>A service may stop reading on its own by {@code autoRead}, too. While the peer does not read,
 * both ways to ask for input ({@code autoRead} and {@code read()}) are held back here.
 */
final class ConnectionHead extends ChannelDuplexHandler implements HostHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionHead.class);
  private static final VarHandle IN;
  private static final VarHandle OUT;

  static {
    try {
      IN = MethodHandles.lookup().findVarHandle(ConnectionHead.class, "in", long.class);
      OUT = MethodHandles.lookup().findVarHandle(ConnectionHead.class, "out", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /**
   * Written by the event loop alone, without a fence; here and not in an object of their own, as
   * that would cost each message a cache line more.
   */
  private long in;

  private long out;

  private final HostedConnection connection;
  private final Leases leases;

  /** What the event loop does, for the watchdog. */
  private Occupation occupation;

  private final Progress progress;
  private Duration idleTimeout;
  private Future<?> idleCheck;
  private long activeAt;
  private boolean pausedReading;
  private boolean heldBackRead;
  private boolean proving;
  private Queue<Object> parked;

  /** Where the tail was last, so that only this is compared and nothing of the tail is fetched. */
  private ChannelHandlerContext tail;

  ConnectionHead(HostedConnection connection, Duration idleTimeout, Leases leases) {
    this.connection = connection;
    this.leases = leases;
    this.idleTimeout = idleTimeout;
    this.progress = new Progress(this);
    connection.headedBy(this);
  }

  /** The event loop begins with something of this connection; event loop only. */
  void occupies() {
    occupation.serves(connection);
  }

  /** Bytes received; as of a moment ago where it is not the event loop that asks. */
  long bytesIn() {
    return (long) IN.getOpaque(this);
  }

  /** Bytes written by the service; likewise. */
  long bytesOut() {
    return (long) OUT.getOpaque(this);
  }

  /** The connection has another version now, of which it is not known yet whether it serves. */
  void awaitProof() {
    proving = true;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    occupation = context.executor() instanceof Occupied loop ? loop.occupation() : new Occupation();
    idleTimeout(context, idleTimeout);
  }

  /** Event loop only; does nothing once the handler is removed. */
  void idleTimeout(ChannelHandlerContext context, Duration timeout) {
    if (context == null) {
      return;
    }
    idleTimeout = timeout;
    if (idleCheck != null) {
      idleCheck.cancel(false);
      idleCheck = null;
    }
    if (!timeout.isZero()) {
      activeAt = context.executor().ticker().nanoTime();
      scheduleIdleCheck(context, timeout.toNanos() / 4);
    }
  }

  /** The last of a closed channel's handlers to go, so that no code of the service follows. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (idleCheck != null) {
      idleCheck.cancel(false);
    }
    if (parked != null) {
      parked.forEach(Held::release);
    }
    if (context.channel().isOpen()) {
      LogContext.about(
          connection,
          () ->
              LOG.error("{}: closed, as its service has removed the host's handlers", connection));
      context.channel().close();
    }
    connection.closed();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    IN.setOpaque(this, in + size(message));
    occupation.serves(connection);
    if (parked == null) {
      if (proving) {
        connection.received();
      }
      int failures = DroppedFailures.count();
      context.fireChannelRead(message);
      if (DroppedFailures.count() != failures) {
        failedTwice(context, failures);
      }
    } else {
      parked.add(message);
    }
  }

  /** A handler has thrown as it was told of an exception: Netty logs it, and leaves it at that. */
  private void failedTwice(ChannelHandlerContext context, int before) {
    Throwable failure = DroppedFailures.since(before);
    if (failure != null) {
      LogContext.about(
          connection,
          () ->
              LOG.warn(
                  "{}: closed, as its service failed in exceptionCaught: {}",
                  connection,
                  failure.toString()));
      context.close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (parked != null) {
      return;
    }
    if (context.pipeline().lastContext() != tail) {
      tail = ConnectionTail.keepLast(context.pipeline());
    }
    int failures = DroppedFailures.count();
    context.fireChannelReadComplete();
    if (DroppedFailures.count() != failures) {
      failedTwice(context, failures);
    }
    if (proving && connection.prove()) {
      proving = false;
      leases.proved(connection.lease());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    occupation.serves(connection);
    if (parked == null) {
      int failures = DroppedFailures.count();
      context.fireUserEventTriggered(event);
      if (DroppedFailures.count() != failures) {
        failedTwice(context, failures);
      }
    } else {
      parked.add(Held.event(event));
    }
  }

  /** Contexts know their neighbours for ever: a place of before would hold a version's handlers. */
  void forgetTail() {
    tail = null;
  }

  // ---- parking -------------------------------------------------------------------------------

  /** Keeps from the service what arrives from now on, and reads no more. */
  void park(ChannelHandlerContext context) {
    parked = new ArrayDeque<>();
    pauseReading(context);
  }

  /** Gives the service what has arrived meanwhile, and reads again. */
  void unpark(ChannelHandlerContext context) {
    Queue<Object> waited = parked;
    parked = null;
    for (Object one : waited) {
      if (Held.isMessage(one)) {
        connection.received();
      }
      Held.passOn(context, one);
    }
    if (!waited.isEmpty()) {
      context.fireChannelReadComplete();
    }
    resumeReading(context);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    OUT.setOpaque(this, out + size(message));
    context.write(message, promise);
  }

  private static long size(Object message) {
    if (message instanceof ByteBuf buffer) {
      return buffer.readableBytes();
    }
    return message instanceof FileRegion region ? region.count() : 0;
  }

  // ---- backpressure --------------------------------------------------------------------------

  @Override
  public void read(ChannelHandlerContext context) {
    if (mayRead(context)) {
      context.read();
    } else {
      heldBackRead = true;
    }
  }

  private boolean mayRead(ChannelHandlerContext context) {
    return parked == null && context.channel().isWritable();
  }

  private void pauseReading(ChannelHandlerContext context) {
    if (context.channel().config().isAutoRead()) {
      pausedReading = true;
      context.channel().config().setAutoRead(false);
    }
  }

  private void resumeReading(ChannelHandlerContext context) {
    if (!mayRead(context)) {
      return;
    }
    if (pausedReading) {
      pausedReading = false;
      context.channel().config().setAutoRead(true);
    }
    if (heldBackRead) {
      heldBackRead = false;
      context.read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      resumeReading(context);
    } else {
      pauseReading(context);
    }
    context.fireChannelWritabilityChanged();
  }

  // ---- idle ----------------------------------------------------------------------------------

  /**
   * Looks four times in the timeout whether a byte has moved, instead of noting the time of each:
   * that costs a message nothing, and a connection is closed between one and one and a quarter of
   * the timeout after its last byte.
   */
  private void checkIdle(ChannelHandlerContext context) {
    long now = context.executor().ticker().nanoTime();
    if (progress.sinceLastLook(context.channel())) {
      activeAt = now;
    }
    long left = idleTimeout.toNanos() - (now - activeAt);
    if (left <= 0) {
      LogContext.about(connection, () -> LOG.debug("{}: closed, idle", connection));
      context.close();
    } else {
      scheduleIdleCheck(context, Math.min(left, idleTimeout.toNanos() / 4));
    }
  }

  private void scheduleIdleCheck(ChannelHandlerContext context, long nanos) {
    idleCheck = context.executor().schedule(() -> checkIdle(context), nanos, NANOSECONDS);
  }
}

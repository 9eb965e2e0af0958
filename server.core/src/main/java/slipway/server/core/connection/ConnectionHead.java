package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import java.time.Duration;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the host does before a service's handlers: counts bytes, stops reading from a peer that does
 * not read what is written, closes a connection that is idle, and keeps the tail last.
 *
 * <p>A service may stop reading on its own by {@code autoRead}, too. While the peer does not read,
 * both ways to ask for input ({@code autoRead} and {@code read()}) are held back here.
 */
final class ConnectionHead extends ChannelDuplexHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionHead.class);

  private final HostedConnection connection;
  private final Duration idleTimeout;
  private final Progress progress;
  private Future<?> idleCheck;
  private long activeAt;
  private boolean pausedReading;
  private boolean heldBackRead;

  ConnectionHead(HostedConnection connection, Duration idleTimeout) {
    this.connection = connection;
    this.idleTimeout = idleTimeout;
    this.progress = new Progress(connection.bytes());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (!idleTimeout.isZero()) {
      activeAt = context.executor().ticker().nanoTime();
      scheduleIdleCheck(context, idleTimeout.toNanos() / 4);
    }
  }

  /** The last of a closed channel's handlers to go, so that no code of the service follows. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (idleCheck != null) {
      idleCheck.cancel(false);
    }
    if (context.channel().isOpen()) {
      LOG.error("{}: closed, as its service has removed the host's handlers", connection);
      context.channel().close();
    }
    connection.closed();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    connection.bytes().addIn(size(message));
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    ConnectionTail.keepLast(context.pipeline());
    context.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    connection.bytes().addOut(size(message));
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
    if (context.channel().isWritable()) {
      context.read();
    } else {
      heldBackRead = true;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!context.channel().isWritable()) {
      if (context.channel().config().isAutoRead()) {
        pausedReading = true;
        context.channel().config().setAutoRead(false);
      }
    } else {
      if (pausedReading) {
        pausedReading = false;
        context.channel().config().setAutoRead(true);
      }
      if (heldBackRead) {
        heldBackRead = false;
        context.read();
      }
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
      LOG.debug("{}: closed, idle", connection);
      context.close();
    } else {
      scheduleIdleCheck(context, Math.min(left, idleTimeout.toNanos() / 4));
    }
  }

  private void scheduleIdleCheck(ChannelHandlerContext context, long nanos) {
    idleCheck = context.executor().schedule(() -> checkIdle(context), nanos, NANOSECONDS);
  }
}

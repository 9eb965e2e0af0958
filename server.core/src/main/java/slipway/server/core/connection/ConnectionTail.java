package slipway.server.core.connection;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.net.Closing;
import slipway.server.core.pipeline.HostHandler;
import slipway.service.GoingAway;
import slipway.service.LogContext;

/**
 * What the host does behind a service's handlers: an error that no handler has taken is logged with
 * the connection's id and closes that connection alone; the end of the client's input, or the last
 * word of a host that closes it, closes the connection once all that was written has left.
 *
 * <p>A handler that a service adds while it reads stands behind this one at first. The head moves
 * the tail at the end of each read; what is passed on before then meets the tail, which moves
 * itself. {@code channelReadComplete} is not looked at: that would cost each read a call.
 */
@ChannelHandler.Sharable
final class ConnectionTail extends ChannelInboundHandlerAdapter implements HostHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionTail.class);
  private static final String NAME = "slipway-tail";
  private static final ConnectionTail TAIL = new ConnectionTail();

  private ConnectionTail() {}

  /**
   * Makes the tail the last handler, whatever a service has added behind it.
   *
   * @return its place
   */
  static ChannelHandlerContext keepLast(ChannelPipeline pipeline) {
    if (pipeline.last() != TAIL) {
      remove(pipeline);
      pipeline.addLast(NAME, TAIL);
    }
    return pipeline.lastContext();
  }

  /** For a moment in which no handler can fail. */
  static void remove(ChannelPipeline pipeline) {
    if (pipeline.get(NAME) != null) {
      pipeline.remove(NAME);
    }
  }

  /** Whether there were handlers behind this one; there are none then. */
  private boolean overtaken(ChannelHandlerContext context) {
    boolean behind = context.pipeline().last() != this;
    if (behind) {
      keepLast(context.pipeline()); // this context still knows who was next
    }
    return behind;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (overtaken(context)) {
      context.fireChannelRead(message);
      return;
    }
    if (LOG.isDebugEnabled()) { // else nothing is allocated for it
      HostedConnection connection = HostedConnection.of(context.channel());
      LogContext.about(connection, () -> LOG.debug("{}: nobody took {}", connection, message));
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (overtaken(context)) {
      context.fireUserEventTriggered(event);
    } else {
      if (event instanceof ChannelInputShutdownEvent
          || event instanceof GoingAway news && news.last()) {
        HostedConnection connection = HostedConnection.of(context.channel());
        connection.closes(event instanceof GoingAway ? Closing.WENT_AWAY : Closing.CLIENT);
        connection.finish();
      }
      ReferenceCountUtil.release(event);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    overtaken(context);
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    overtaken(context);
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    overtaken(context);
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    HostedConnection connection = HostedConnection.of(context.channel());
    if (cause instanceof LinkageError) {
      connection.lacksClass(cause);
    }
    connection.closes(cause instanceof IOException ? Closing.CLIENT : Closing.FAILED);
    if (cause instanceof IOException || cause instanceof DecoderException) {
      LogContext.about(connection, () -> LOG.debug("{}: closed: {}", connection, cause.toString()));
    } else {
      String who = connection.lease() == null ? "a stage" : "its service";
      LogContext.about(
          connection, () -> LOG.warn("{}: closed, as {} failed", connection, who, cause));
    }
    context.close();
  }
}

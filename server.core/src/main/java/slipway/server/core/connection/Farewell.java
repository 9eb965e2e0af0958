package slipway.server.core.connection;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;

/**
 * Lets a refused client read why.
 *
 * <p>A socket that is closed while input is unread sends a reset, on which the peer may throw away
 * what it was sent last. So the output is ended first, and input is read and dropped until the
 * client ends it, too, or a moment has passed (RFC 1122, 4.2.2.13).
 */
final class Farewell extends ChannelInboundHandlerAdapter {

  private static final long LINGER_SECONDS = 2;

  private Future<?> deadline;

  private Farewell() {}

  /** Writes the text, takes the handler's place in the pipeline, and closes. */
  static void say(ChannelHandlerContext context, String text) {
    Farewell farewell = new Farewell();
    context
        .pipeline()
        .addAfter(context.name(), "slipway-farewell", farewell)
        .remove(context.handler());
    farewell.start(context.pipeline().context(farewell), text);
  }

  private void start(ChannelHandlerContext context, String text) {
    HostedConnection connection = HostedConnection.of(context.channel());
    deadline = context.executor().schedule(() -> context.close(), LINGER_SECONDS, SECONDS);
    context
        .writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), text))
        .addListener(
            written -> {
              if (written.isSuccess()
                  && context.channel() instanceof DuplexChannel duplex
                  && !duplex.isInputShutdown()) {
                connection
                    .entrance()
                    .sayLastWords(connection)
                    .addListener(said -> duplex.shutdownOutput());
              } else {
                context.close();
              }
            });
    connection.reading().drain();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      context.close();
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    deadline.cancel(false);
  }
}

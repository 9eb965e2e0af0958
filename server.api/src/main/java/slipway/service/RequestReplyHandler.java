package slipway.service;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers each message with another; goes behind a {@link MessageCodec}.
 *
 * <p>Keeps no state, so that one handler can serve any number of connections.
 */
@ChannelHandler.Sharable
public final class RequestReplyHandler extends SimpleChannelInboundHandler<ByteBuf> {

  private final Function<String, Optional<String>> replies;

  /**
   * Makes a handler.
   *
   * @param replies gives the reply to a request (read as UTF-8), or empty to end the connection;
   *     called in the connection's event loop, which it must not block
   */
  public RequestReplyHandler(Function<String, Optional<String>> replies) {
    this.replies = replies;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf request) {
    Optional<String> reply = replies.apply(request.toString(StandardCharsets.UTF_8));
    if (reply.isPresent()) {
      context.write(reply.get());
    } else {
      context
          .channel()
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }
}

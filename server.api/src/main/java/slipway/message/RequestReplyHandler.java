package slipway.message;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import slipway.service.Connection;

/** Answers each message of a connection with another; stands behind a {@link MessageCodec}. */
public final class RequestReplyHandler extends SimpleChannelInboundHandler<ByteBuf> {

  private final Connection connection;
  private final Function<String, Optional<String>> replies;

  /**
   * Makes the handler of a connection.
   *
   * @param connection the connection that it ends when there is no reply
   * @param replies gives the reply to a request (read as UTF-8), or empty to end the connection;
   *     called in the connection's event loop, which it must not block
   */
  public RequestReplyHandler(Connection connection, Function<String, Optional<String>> replies) {
    this.connection = connection;
    this.replies = replies;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf request) {
    Optional<String> reply = replies.apply(request.toString(StandardCharsets.UTF_8));
    if (reply.isPresent()) {
      context.write(reply.get());
    } else {
      connection.finish();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }
}

package slipway.examples.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import slipway.service.GoingAway;

/** Sends back each message of a WebSocket. */
final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame message) {
    context.write(message.retain());
  }

  /** Says why the connection is going to be closed; behind this it is. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    boolean upgraded = context.pipeline().get(HttpServerCodec.class) == null;
    if (upgraded && event instanceof GoingAway news && news.last()) {
      context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
    context.fireChannelReadComplete();
  }
}

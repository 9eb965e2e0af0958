package slipway.server.core.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;

/** Answers a WebSocket's texts with its name and the text. */
public final class Sockets implements PipelineService {

  private final String name;

  /** Says its name in its answers. */
  public Sockets(String name) {
    this.name = name;
  }

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    handlers
        .keep("http", HttpServerCodec::new)
        .keep("request", () -> new HttpObjectAggregator(1024))
        .keep("websocket", () -> new WebSocketServerProtocolHandler("/ws"))
        .keep("frames", () -> new WebSocketFrameAggregator(1024))
        .add("texts", Texts::new);
  }

  private final class Texts extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      context.writeAndFlush(new TextWebSocketFrame(name + ":" + frame.text()));
    }
  }
}

package slipway.server.core.pipeline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;

/** Takes what a handler gives up as it is removed; stands behind it for that moment. */
final class Collector extends ChannelInboundHandlerAdapter implements HostHandler {

  static final String NAME = "slipway-collector";

  final List<Object> messages = new ArrayList<>();

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    messages.add(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    // nothing was read
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    messages.add(Held.event(event));
  }
}

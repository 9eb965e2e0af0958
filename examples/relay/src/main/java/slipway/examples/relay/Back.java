package slipway.examples.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import slipway.service.Connection;

/** Passes on what the server says; stands in the pipeline of the connection to the server. */
final class Back extends ChannelInboundHandlerAdapter {

  private final Connection connection;
  private final Channel client;

  Back(Connection connection) {
    this.connection = connection;
    this.client = connection.channel();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    client.write(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    client.flush();
    context.channel().config().setAutoRead(client.isWritable());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      connection.reads(true);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      connection.finish();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.finish();
  }

  /** Such as a server that has reset the connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}

package slipway.server.acceptor;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

/**
 * Answers a datagram with the same datagram, so that a client can find the host by broadcast. An
 * answer is never larger than its question, so that it is of no use to attack others with.
 */
@ChannelHandler.Sharable
final class Discovery extends SimpleChannelInboundHandler<DatagramPacket> {

  /** Bytes in a datagram above which it is dropped. */
  static final int MAX_LENGTH = 16;

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket question) {
    int length = question.content().readableBytes();
    if (length <= MAX_LENGTH) {
      context.write(new DatagramPacket(question.content().retain(), question.sender()));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  /** A client that is gone, or an address that cannot be reached: nothing to be done. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
}

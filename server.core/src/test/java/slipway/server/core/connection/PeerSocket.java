package slipway.server.core.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/** What a socket does with {@code flush}: nothing, while the peer does not read. */
final class PeerSocket extends ChannelOutboundHandlerAdapter {

  boolean peerReads = true;

  /** How often the channel was read. */
  int reads;

  @Override
  public void flush(ChannelHandlerContext context) {
    if (peerReads) {
      context.flush();
    }
  }

  @Override
  public void read(ChannelHandlerContext context) throws Exception {
    reads++;
    super.read(context);
  }
}

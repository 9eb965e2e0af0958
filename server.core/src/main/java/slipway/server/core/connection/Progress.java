package slipway.server.core.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Tells whether bytes have moved over the network since it was last asked. What a service has
 * written but the peer does not take is no progress. Belongs to the connection's event loop.
 */
final class Progress {

  private final ByteCounts bytes;
  private long in;
  private long out;
  private int sending;
  private long sent;

  Progress(ByteCounts bytes) {
    this.bytes = bytes;
  }

  boolean sinceLastLook(Channel channel) {
    boolean moved = bytes.in() != in;
    in = bytes.in();
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
      moved |= bytes.out() != out;
      out = bytes.out();
      sending = 0;
      return moved;
    }
    Object current = buffer.current();
    int nowSending = System.identityHashCode(current);
    long nowSent = current == null ? 0 : buffer.currentProgress();
    // the first look at something that is being sent tells nothing yet
    moved |= sending != 0 && (nowSending != sending || nowSent != sent);
    sending = nowSending;
    sent = nowSent;
    return moved;
  }
}

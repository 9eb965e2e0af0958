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
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    Object current = buffer == null ? null : buffer.current();
    int nowSending = System.identityHashCode(current);
    long nowSent = current == null ? 0 : buffer.currentProgress();
    long nowIn = bytes.in();
    long nowOut = bytes.out();
    boolean moved =
        nowIn != in || nowSending != sending || nowSent != sent || current == null && nowOut != out;
    in = nowIn;
    out = nowOut;
    sending = nowSending;
    sent = nowSent;
    return moved;
  }
}

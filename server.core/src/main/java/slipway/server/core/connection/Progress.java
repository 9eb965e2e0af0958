package slipway.server.core.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Tells whether bytes have moved over the network since it was last asked. What a service has
 * written but the peer does not take is no progress. Belongs to the connection's event loop.
 */
final class Progress {

  private final ConnectionHead head;
  private long in;
  private long out;
  private int sending;
  private long sent;

  Progress(ConnectionHead head) {
    this.head = head;
  }

  boolean sinceLastLook(Channel channel) {
    boolean moved = head.bytesIn() != in;
    in = head.bytesIn();
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
      moved |= head.bytesOut() != out;
      out = head.bytesOut();
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

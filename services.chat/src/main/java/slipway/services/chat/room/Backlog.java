package slipway.services.chat.room;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * What waits to be sent to a connection. What its user has asked for, such as a long history, is
 * not held against a slow line. Confined to the connection's event loop.
 */
public final class Backlog {

  private final Channel channel;

  /** Bytes that may wait beyond the limit, until less than the limit waits. */
  private long asked;

  /** Makes it; what waits by now is not held against the connection. */
  public Backlog(Channel channel) {
    this.channel = channel;
    this.asked = waiting();
  }

  private long waiting() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** An answer to the connection's own question is about to be written. */
  public void asked(long bytes) {
    asked = waiting() + bytes;
  }

  /**
   * Whether more waits than may.
   *
   * @param limit bytes that may wait
   */
  public boolean isOver(long limit) {
    long waiting = waiting();
    if (waiting <= limit) {
      asked = 0;
      return false;
    }
    return waiting - asked > limit;
  }
}

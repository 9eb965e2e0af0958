package slipway.examples.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.util.ReferenceCountUtil;

/**
 * Refuses a command that is too long before any of it is kept. It stands between codecs that stay;
 * how much of a command has passed goes to the next version.
 */
final class CommandSize extends ChannelInboundHandlerAdapter {

  /** The longest command, in the bytes of its words. */
  static final int LONGEST = 1 << 20;

  private long bytes;
  private boolean ended;

  /**
   * Goes on where another one was.
   *
   * @param bytes of the command that is under way
   * @param ended whether nothing more is to be let through
   */
  CommandSize(long bytes, boolean ended) {
    this.bytes = bytes;
    this.ended = ended;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ArrayHeaderRedisMessage) {
      bytes = 0;
    } else if (message instanceof BulkStringHeaderRedisMessage word) {
      bytes += word.bulkStringLength();
    }
    if (ended) {
      ReferenceCountUtil.release(message);
    } else if (bytes > LONGEST) {
      ended = true;
      context.fireExceptionCaught(
          new TooLongFrameException("a command is longer than " + LONGEST + " bytes"));
    } else {
      context.fireChannelRead(message);
    }
  }
}

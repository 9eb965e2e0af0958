package slipway.examples.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.util.ReferenceCountUtil;
import slipway.service.Handed;
import slipway.service.HandsOver;

/**
 * Refuses a command that is too long before any of it is kept. It stands between codecs that stay;
 * how much of a command has passed goes to the next version.
 */
final class CommandSize extends ChannelInboundHandlerAdapter implements HandsOver {

  /** The longest command, in the bytes of its words. */
  static final int LONGEST = 1 << 20;

  private static final String SIZE = "size";

  private long bytes;
  private boolean ended;

  /**
   * Begins where another version was.
   *
   * @param handed what that one's handlers have handed over; nothing for a new connection
   */
  CommandSize(Handed handed) {
    this.bytes = handed.number(SIZE).orElse(0);
    this.ended = handed.flag(Commands.ENDED);
  }

  /** How much of a command has passed. */
  @Override
  public Handed handed() {
    return Handed.nothing().with(SIZE, bytes);
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

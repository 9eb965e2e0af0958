package slipway.server.core.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

/**
 * Knows whether a decoder has consumed anything since its last message. One handler in front of it
 * counts the bytes that it is given, or the messages if it decodes those; one behind it notes at
 * each message that it makes how many it has consumed.
 *
 * <p>A decoder that makes several messages at once may have consumed some of the next one, too, by
 * the time at which the first of them is seen. Once a class has been seen to do so, only a message
 * that has come of the last byte, given alone, is proof of a boundary; or of what another decoder
 * has cut to whole messages.
 *
 * <p>Belongs to the channel's event loop. A message costs two calls and no allocation.
 */
final class DecoderWatch {

  private static final String BEFORE = "slipway-before-";
  private static final String BEHIND = "slipway-behind-";
  private static final long UNKNOWN = Long.MIN_VALUE;

  /** Whether a class of decoders makes several messages at once. Written by any event loop. */
  private static final ClassValue<boolean[]> AT_ONCE =
      new ClassValue<>() {
        @Override
        protected boolean[] computeValue(Class<?> type) {
          return new boolean[1];
        }
      };

  private final ChannelHandler decoder;
  private final boolean[] atOnce;

  /** Whether a decoder in front of it has cut what it is given. */
  private final boolean framed;

  private boolean alone;
  private boolean proved;
  private long given;
  private long consumedAtMessage;

  private DecoderWatch(ChannelHandler decoder, boolean framed, long consumed) {
    this.framed = framed;
    this.decoder = decoder;
    this.atOnce = AT_ONCE.get(decoder.getClass());
    this.consumedAtMessage = consumed;
  }

  /**
   * Watches a decoder.
   *
   * @param isNew whether it has been given nothing yet; if not, nothing is known before its next
   *     message
   */
  static DecoderWatch watch(ChannelHandlerContext place, boolean isNew) {
    unwatch(place);
    boolean framed =
        ServiceHandlers.in(place.pipeline()).stream()
            .takeWhile(other -> other != place)
            .anyMatch(Boundaries::makesMessages);
    DecoderWatch watch = new DecoderWatch(place.handler(), framed, isNew ? 0 : UNKNOWN);
    ChannelPipeline pipeline = place.pipeline();
    pipeline.addBefore(place.name(), BEFORE + place.name(), watch.new Front());
    pipeline.addAfter(place.name(), BEHIND + place.name(), watch.new Back());
    return watch;
  }

  static boolean isWatched(ChannelHandlerContext place) {
    return place.pipeline().get(BEFORE + place.name()) != null;
  }

  /** The watch of a decoder; one that begins now if it was not watched. */
  static DecoderWatch of(ChannelHandlerContext place) {
    return place.pipeline().get(BEFORE + place.name()) instanceof Front front
        ? front.watch()
        : watch(place, false);
  }

  /** The name of the first handler that goes if a handler goes: its watch, or itself. */
  static String nameInFront(ChannelHandlerContext place) {
    String front = BEFORE + place.name();
    return place.pipeline().get(front) == null ? place.name() : front;
  }

  static void unwatch(ChannelHandlerContext place) {
    ChannelPipeline pipeline = place.pipeline();
    if (pipeline.get(BEFORE + place.name()) != null) {
      pipeline.remove(BEFORE + place.name());
    }
    if (pipeline.get(BEHIND + place.name()) != null) {
      pipeline.remove(BEHIND + place.name());
    }
  }

  private long consumed() {
    return given - Boundaries.undecoded(decoder);
  }

  boolean isAtBoundary() {
    return consumed() == consumedAtMessage && (proved || given == 0 || !atOnce[0]);
  }

  private final class Front extends ChannelInboundHandlerAdapter implements HostHandler {

    private DecoderWatch watch() {
      return DecoderWatch.this;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ByteBuf bytes) {
        given += bytes.readableBytes();
        alone = framed || bytes.readableBytes() == 1;
      } else {
        given++;
        alone = true;
      }
      proved = false;
      context.fireChannelRead(message);
    }
  }

  private final class Back extends ChannelInboundHandlerAdapter implements HostHandler {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      long consumed = consumed();
      if (consumed == consumedAtMessage && consumed > 0) {
        atOnce[0] = true;
      }
      consumedAtMessage = consumed;
      proved = alone;
      context.fireChannelRead(message);
    }
  }
}

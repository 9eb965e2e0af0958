package slipway.server.core.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.ByteToMessageCodec;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.MessageAggregator;
import io.netty.handler.codec.MessageToMessageDecoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import slipway.service.MessageBoundary;

/**
 * Whether handlers are between two messages, so that they can be taken out without a loss.
 *
 * <p>Netty does not tell what a decoder has consumed of half a message. What is read here are
 * fields of its base classes; their names are of Netty 4.2.
 */
public final class Boundaries {

  private static final VarHandle CUMULATION;
  private static final VarHandle INBOUND;
  private static final VarHandle DECODER;
  private static final VarHandle CURRENT_MESSAGE;

  static {
    try {
      CUMULATION = field(ByteToMessageDecoder.class, "cumulation", ByteBuf.class);
      INBOUND =
          field(CombinedChannelDuplexHandler.class, "inboundHandler", ChannelInboundHandler.class);
      DECODER = field(ByteToMessageCodec.class, "decoder", ByteToMessageDecoder.class);
      CURRENT_MESSAGE = field(MessageAggregator.class, "currentMessage", ByteBufHolder.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private Boundaries() {}

  private static VarHandle field(Class<?> owner, String name, Class<?> type)
      throws ReflectiveOperationException {
    return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
        .findVarHandle(owner, name, type);
  }

  /** The decoder of bytes that a handler is, or has in it; null if there is none. */
  static ByteToMessageDecoder decoderOf(ChannelHandler handler) {
    return switch (handler) {
      case ByteToMessageDecoder decoder -> decoder;
      case CombinedChannelDuplexHandler<?, ?> both ->
          INBOUND.get(both) instanceof ByteToMessageDecoder decoder ? decoder : null;
      case ByteToMessageCodec<?> codec -> (ByteToMessageDecoder) DECODER.get(codec);
      default -> null;
    };
  }

  /** How many bytes a handler has received and not consumed. */
  static int undecoded(ChannelHandler handler) {
    ByteToMessageDecoder decoder = decoderOf(handler);
    ByteBuf bytes = decoder == null ? null : (ByteBuf) CUMULATION.get(decoder);
    return bytes == null ? 0 : bytes.readableBytes();
  }

  /** Whether a handler passes on messages and not, as TLS does, bytes in any pieces. */
  static boolean makesMessages(ChannelHandlerContext place) {
    return decoderOf(place.handler()) != null && !isTls(place.handler());
  }

  /**
   * Whether a handler has to be watched, as it does not tell by itself where it is: a decoder of
   * bytes, and what makes one message of several, unless it is of the version's own, which knows.
   *
   * @param own the class loader of the version
   */
  public static boolean needsWatch(ChannelHandler handler, ClassLoader own) {
    boolean decodes =
        decoderOf(handler) != null
            || handler instanceof MessageToMessageDecoder<?>
                && handler.getClass().getClassLoader() != own;
    return decodes && !(handler instanceof MessageBoundary);
  }

  /** Watches handlers that have seen nothing yet. */
  public static void watch(List<ChannelHandlerContext> places) {
    places.forEach(place -> DecoderWatch.watch(place, true));
  }

  /**
   * Whether a handler can be taken out now. Bytes that a decoder has not consumed do no harm: it
   * gives them up as it goes.
   */
  public static boolean canGo(ChannelHandlerContext place) {
    ChannelHandler handler = place.handler();
    if (isTls(handler)) {
      return false;
    }
    if (handler instanceof MessageBoundary boundary) {
      return boundary.isAtBoundary();
    }
    if (handler instanceof MessageAggregator<?, ?, ?, ?> aggregator) {
      return CURRENT_MESSAGE.get(aggregator) == null;
    }
    return decoderOf(handler) == null && !DecoderWatch.isWatched(place)
        || DecoderWatch.of(place).isAtBoundary();
  }

  /**
   * Whether a handler is TLS, which can neither go nor come while a connection is under way. By its
   * name, as the host does not need Netty's TLS if no service has it.
   */
  static boolean isTls(ChannelHandler handler) {
    for (Class<?> type = handler.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals("io.netty.handler.ssl.SslHandler")) {
        return true;
      }
    }
    return false;
  }

  /** Whether all of them can be taken out now; those that have gone by themselves can. */
  public static boolean canGo(List<ChannelHandlerContext> places) {
    for (ChannelHandlerContext place : places) {
      if (!place.isRemoved() && !canGo(place)) {
        return false;
      }
    }
    return true;
  }

  /** Why one of them can never be taken out; empty if there is a boundary at which all can. */
  public static String bar(List<ChannelHandlerContext> places) {
    return places.stream()
        .filter(place -> isTls(place.handler()))
        .findFirst()
        .map(Boundaries::reason)
        .orElse("");
  }

  /** Why a handler cannot be taken out. */
  static String reason(ChannelHandlerContext place) {
    return place.name()
        + (isTls(place.handler())
            ? " is TLS and would have to go"
            : " is in the middle of a message");
  }

  /** Why one of them cannot be taken out now; empty if all can. */
  public static String obstacle(List<ChannelHandlerContext> places) {
    return places.stream()
        .filter(place -> !place.isRemoved() && !canGo(place))
        .findFirst()
        .map(Boundaries::reason)
        .orElse("");
  }
}

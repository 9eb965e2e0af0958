package slipway.server.core.pipeline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

/** What waits on its way through a pipeline: messages as they are, and events as {@link Event}s. */
public final class Held {

  /** An event among messages. */
  private record Event(Object event) {}

  private Held() {}

  /** An event as it waits among messages. */
  public static Object event(Object event) {
    return new Event(event);
  }

  /** Whether what waits is a message. */
  public static boolean isMessage(Object held) {
    return !(held instanceof Event);
  }

  /** Passes it on from a place. */
  public static void passOn(ChannelHandlerContext context, Object held) {
    if (held instanceof Event event) {
      context.fireUserEventTriggered(event.event());
    } else {
      context.fireChannelRead(held);
    }
  }

  /** Drops it. */
  public static void release(Object held) {
    ReferenceCountUtil.release(held instanceof Event event ? event.event() : held);
  }
}

package slipway.server.core.pipeline;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The handlers in a connection's pipeline that are its service's, not the host's. */
public final class ServiceHandlers {

  private ServiceHandlers() {}

  /** Their places, the first one first. May be called from any thread. */
  public static List<ChannelHandlerContext> in(ChannelPipeline pipeline) {
    return places(pipeline, handler -> !(handler instanceof HostHandler));
  }

  /** The place in front of all of them: the host's head, if the pipeline has one. */
  static ChannelHandlerContext inFront(ChannelPipeline pipeline) {
    ChannelHandlerContext head = pipeline.context(HeadHandler.class);
    return head == null ? pipeline.firstContext() : head;
  }

  /** The places of some of the handlers behind the head, the first one first. */
  static List<ChannelHandlerContext> places(
      ChannelPipeline pipeline, Predicate<ChannelHandler> some) {
    List<ChannelHandlerContext> places = new ArrayList<>();
    pipeline
        .toMap()
        .forEach(
            (name, handler) -> {
              if (handler instanceof HeadHandler) {
                places.clear(); // those were stages
              }
              ChannelHandlerContext place = some.test(handler) ? pipeline.context(name) : null;
              if (place != null) { // another thread may have taken it out meanwhile
                places.add(place);
              }
            });
    return places;
  }

  /** Removes them, and releases what they had not dealt with. */
  public static void drop(ChannelPipeline pipeline) {
    Exchange exchange = new Exchange(pipeline, List.of());
    exchange.takeOut();
    exchange.end();
    exchange.discard();
  }
}

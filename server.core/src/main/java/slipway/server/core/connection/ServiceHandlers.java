package slipway.server.core.connection;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/** The handlers in a connection's pipeline that are its service's, not the host's. */
final class ServiceHandlers {

  private static final String COLLECTOR = "slipway-collector";

  private ServiceHandlers() {}

  private static boolean isHosts(ChannelHandler handler) {
    return handler instanceof ConnectionHead
        || handler instanceof Dispatch
        || handler instanceof ConnectionTail
        || handler instanceof Collector;
  }

  /**
   * Removes them.
   *
   * @return what they had received and not dealt with yet, in the order in which it came: decoders
   *     give up what they have not decoded
   */
  static List<Object> remove(ChannelPipeline pipeline) {
    Collector collector = new Collector();
    ConnectionTail.remove(pipeline); // it would drop what they give up
    pipeline.addLast(COLLECTOR, collector);
    List<ChannelHandler> handlers = new ArrayList<>(pipeline.toMap().values());
    // the last one first: what it gives up came before what those in front of it still hold, and
    // must not be decoded by anybody again
    for (int index = handlers.size() - 1; index >= 0; index--) {
      if (!isHosts(handlers.get(index))) {
        pipeline.remove(handlers.get(index));
      }
    }
    pipeline.remove(collector);
    ConnectionTail.keepLast(pipeline);
    pipeline.get(ConnectionHead.class).forgetTail();
    return collector.messages;
  }

  /** Takes what is given up. */
  private static final class Collector extends ChannelInboundHandlerAdapter {
    private final List<Object> messages = new ArrayList<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      messages.add(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      // nothing was read
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      ReferenceCountUtil.release(event);
    }
  }
}

package slipway.packet;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.MessageBoundary;

/**
 * A version of a service in the pipeline of one of its sessions. It goes with its version, and the
 * {@link PacketHandler} in front of it stays. Confined to the event loop.
 */
final class PacketReceiver extends ChannelInboundHandlerAdapter implements MessageBoundary {

  private final PacketService service;

  /** What another version gave; null once it is taken up. */
  private Handed handed;

  private ChannelHandlerContext place;
  private PacketHandler handler;

  PacketReceiver(PacketService service, Handed handed) {
    this.service = service;
    this.handed = handed;
  }

  PacketService service() {
    return service;
  }

  /**
   * Takes the session up, if it is not new.
   *
   * @throws Exception if that cannot be; this is removed again then
   */
  @Override
  public void handlerAdded(ChannelHandlerContext context) throws Exception {
    place = context;
    handler = context.pipeline().get(PacketHandler.class);
    handler.bind(this);
    Handed given = handed;
    handed = null;
    if (!given.from().isEmpty()) {
      handler.takeUp(given);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    handler.unbind(this);
  }

  /** The connection is new. */
  @Override
  public void channelActive(ChannelHandlerContext context) {
    handler.begin();
    context.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof GoingAway news) {
      handler.goAway(news);
    }
    context.fireUserEventTriggered(event);
  }

  /**
   * A class of the version is missing. The host hears of it once for each version, as the version
   * before may serve in its place.
   */
  void lacksClass(LinkageError missing) {
    if (service.isFirstMissing()) {
      place.fireExceptionCaught(missing);
    }
  }

  /** Gives the session up. */
  Handed giveUp() {
    return handler.giveUp();
  }

  /** A packet is given whole, or not at all. */
  @Override
  public boolean isAtBoundary() {
    return true;
  }
}

package slipway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import slipway.service.Connection;
import slipway.service.GoingAway;
import slipway.service.Handed;

/**
 * The host's part of a session in its pipeline. It stays there when the connection passes to
 * another version, with half a packet that has come and with all that waits to be sent; the {@link
 * PacketReceiver} behind it is the version's. Confined to the event loop.
 */
final class PacketHandler extends ChannelInboundHandlerAdapter {

  private final Packets packets;
  private final Connection connection;
  private final PacketSettings settings;

  private ChannelHandlerContext context;
  private PacketCutter cutter;
  private SessionTable table;
  private PacketInput input;
  private PacketOutput output;
  private SessionLife life;
  private Survival survival;
  private FlushConsolidation flushes;

  PacketHandler(Packets packets, Connection connection) {
    this.packets = packets;
    this.connection = connection;
    this.settings = packets.settings(connection);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    cutter = new PacketCutter(settings.format(), added.alloc());
    Resumption resumption = settings.resumes() ? new Resumption(settings) : null;
    SentBytes sent = resumption == null ? null : resumption.sent();
    output =
        new PacketOutput(
            added, new Outbox(added, settings.outboxLimit(), sent, () -> end(PacketEnd.SLOW)));
    PacketSession session = new PacketSession(connection, settings, this, output, resumption);
    table = packets.table(connection.service());
    Farewell farewell = new Farewell(added, session, output);
    life = new SessionLife(table, session, cutter, output, farewell);
    input =
        new PacketInput(
            added, session, life, cutter, this::goOn, () -> survival.gone(PacketEnd.TIMEOUT));
    survival = new Survival(table, added, session, life, farewell, input, cutter, output);
    flushes = new FlushConsolidation(table.turn(session.loop()), this::flush);
  }

  PacketSessions peers() {
    return table.view();
  }

  /** How many packets have come. */
  long received() {
    return input.received();
  }

  // ---- the versions of the service -------------------------------------------------------------

  void bind(PacketReceiver version) {
    life.bind(version);
  }

  void unbind(PacketReceiver version) {
    life.unbind(version);
  }

  /** The connection is new. */
  void begin() {
    life.begin();
    flushes.flush();
  }

  /**
   * Another version was given the connection.
   *
   * @throws Exception if it cannot take it up
   */
  void takeUp(Handed handed) throws Exception {
    input.takenUp();
    life.takeUp(handed);
    context.executor().execute(this::giveOn); // when all handlers are in their places
  }

  /**
   * What another version is given.
   *
   * @throws IllegalStateException if it is being closed
   */
  Handed giveUp() {
    return life.giveUp();
  }

  /** The host closes the connection, or will. */
  void goAway(GoingAway news) {
    life.goAway(news);
    flushes.flush();
  }

  /** Ends a session whose service has begun a packet and not sent it. */
  void seeThatNoPacketIsBegun() {
    life.seeThatNoPacketIsBegun();
  }

  /** How the session outlives its connection. */
  Survival survival() {
    return survival;
  }

  /** Ends the session. */
  void end(PacketEnd why) {
    life.end(why);
  }

  // ---- what the peer sends ---------------------------------------------------------------------

  @Override
  public void channelRead(ChannelHandlerContext read, Object message) {
    if (life.isOpen() && message instanceof ByteBuf bytes) {
      flushes.readBegins();
      input.read(bytes);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext complete) {
    batchDone();
    complete.fireChannelReadComplete();
  }

  private void batchDone() {
    input.batchDone();
    seeWhetherItHasLeft();
    flushes.readComplete();
  }

  /** The peer has waited, as it has sent too fast. */
  private void goOn() {
    if (!context.isRemoved()) {
      flushes.readBegins();
      input.goOn();
      batchDone();
    }
  }

  /** Says whether the service takes packets. None is given to it before it returns. */
  void wants(boolean packets) {
    if (input.wants(packets)) {
      if (life.isCalling()) {
        context.executor().execute(this::giveOn);
      } else {
        giveOn();
      }
    }
  }

  /** What was not given as it came. */
  private void giveOn() {
    if (!context.isRemoved()) {
      flushes.readBegins();
      input.giveOn();
      batchDone();
    }
  }

  // ---- what the peer gets ----------------------------------------------------------------------

  /** A packet was written. */
  void wrote() {
    flushes.wrote();
  }

  private void flush() {
    life.seeThatNoPacketIsBegun();
    if (life.isOpen()) {
      output.flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    output.writable();
    changed.fireChannelWritabilityChanged();
  }

  // ---- the end ---------------------------------------------------------------------------------

  /**
   * The peer sends nothing any more; it may still read. Some transports say so while there are
   * packets that have to wait. The tail would close the connection, so it hears of it after them.
   */
  @Override
  public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
    if (event instanceof ChannelInputShutdownEvent && life.isOpen()) {
      input.end();
      seeWhetherItHasLeft();
    } else {
      triggered.fireUserEventTriggered(event);
    }
  }

  private void seeWhetherItHasLeft() {
    if (input.isOver() && life.isOpen()) {
      survival.gone(PacketEnd.LEFT);
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    survival.closed();
    input.close();
    inactive.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    if (cause instanceof IOException) { // the connection is lost
      caught.close();
    } else {
      caught.fireExceptionCaught(cause);
    }
  }

  /** A version that knows no packets goes on with what is not cut yet. */
  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    if (life.isOpen() && !survival.isLost()) {
      life.goOnWithoutPackets();
      input.close();
      ByteBuf rest = cutter.takeRest();
      if (rest.isReadable()) {
        removed.fireChannelRead(rest);
      } else {
        rest.release();
      }
      if (input.isEnded()) {
        removed.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      }
    }
  }
}

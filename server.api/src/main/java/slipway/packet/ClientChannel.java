package slipway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** One connection of a {@link PacketClient}, until it is lost. Confined to the event loop. */
final class ClientChannel extends ChannelInboundHandlerAdapter {

  /** For a server that does not read what it was sent last. */
  private static final int LAST_SECONDS = 10;

  private final ClientLink link;
  private final PacketClientSettings settings;
  private final PacketReader reader = new PacketReader();

  private ChannelHandlerContext context;
  private PacketCutter cutter;
  private PacketOutput output;
  private SessionWriter writer;
  private FlushConsolidation flushes;
  private Heartbeat heartbeat;

  /** Why it is lost; null as long as it is not. */
  private String lost;

  /** Whether the listener takes packets. */
  private boolean wanted = true;

  private boolean giving;

  /** Whether packets have come for which the batch is not done. */
  private boolean batch;

  /** Whether the listener waits until more can be sent. */
  private boolean refused;

  ClientChannel(ClientLink link) {
    this.link = link;
    this.settings = link.settings();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    cutter = new PacketCutter(settings.format(), added.alloc());
    output = new PacketOutput(added, new Outbox(added, Integer.MAX_VALUE, null, () -> {}));
    flushes = new FlushConsolidation(new FlushTurn(added.executor()), this::flush);
    writer = new SessionWriter(settings.format(), output, () -> lost == null, flushes::wrote);
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    heartbeat =
        new Heartbeat(
            active.executor(),
            settings.heartbeat(),
            () -> lose("the server has sent nothing for too long"));
    flushes.readBegins();
    link.connected(this);
    batchDone();
  }

  // ---- what the server sends -------------------------------------------------------------------

  @Override
  public void channelRead(ChannelHandlerContext read, Object message) {
    if (lost == null && message instanceof ByteBuf bytes) {
      flushes.readBegins();
      if (heartbeat.isAsked()) {
        heartbeat.heard(read.executor().ticker().nanoTime());
      }
      cutter.add(bytes);
      give();
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void give() {
    if (giving) { // the listener has said within a call that it wants more
      return;
    }
    giving = true;
    try {
      while (lost == null && wanted && cutter.next(reader)) {
        batch = true;
        link.packet(reader);
      }
      if (lost == null && wanted) {
        cutter.settle();
      }
    } catch (PacketException wrong) {
      lose("the server has sent what is no packet: " + wrong.end());
    } finally {
      reader.close();
      giving = false;
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext complete) {
    batchDone();
  }

  private void batchDone() {
    if (batch && lost == null) {
      batch = false;
      link.batchDone();
    }
    flushes.readComplete();
  }

  /** Says whether the listener takes packets; what has come and is not cut yet is kept. */
  void wants(boolean packets) {
    if (lost != null || wanted == packets) {
      return;
    }
    wanted = packets;
    context.channel().config().setAutoRead(packets);
    heartbeat.listens(packets);
    if (packets) {
      boolean within = flushes.isReading();
      flushes.readBegins();
      give();
      if (!within) {
        batchDone();
      }
    }
  }

  // ---- what the server gets --------------------------------------------------------------------

  ByteBufAllocator allocator() {
    return context.alloc();
  }

  /**
   * Begins a packet.
   *
   * @throws IllegalStateException if one is begun already
   */
  SessionWriter write() {
    return writer.begin();
  }

  /** Sends a packet. */
  void put(Encoded packet) {
    if (lost == null) {
      writer.seeThatNoneIsBegun();
      output.send(packet);
      flushes.wrote();
    }
  }

  private void flush() {
    if (writer.drop()) {
      link.failed(SessionWriter.notSent());
    }
    if (lost == null) {
      output.flush();
      seeWhetherDrained();
    }
  }

  /** Bytes that wait; a moment old in another thread. */
  int waiting() {
    return output.waiting();
  }

  /** A packet was not taken, as too much waits. */
  void refuse() {
    refused = true;
    seeWhetherDrained();
  }

  private void seeWhetherDrained() {
    if (refused && lost == null && waiting() <= settings.outboxLimit() / 2) {
      refused = false;
      link.drained();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    output.writable();
    seeWhetherDrained();
  }

  // ---- the end ---------------------------------------------------------------------------------

  /** Ends the connection at once. */
  void lose(String why) {
    if (lost == null) {
      end(why);
      output.close();
      context.close();
    }
  }

  /** Ends the connection once all that was sent has left. */
  void finish(String why) {
    if (lost == null) {
      end(why);
      output.finish();
      Future<?> last =
          context.executor().schedule(() -> context.close(), LAST_SECONDS, TimeUnit.SECONDS);
      context.channel().closeFuture().addListener(closed -> last.cancel(false));
      context.writeAndFlush(context.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void end(String why) {
    lost = why;
    writer.drop();
    cutter.close();
    heartbeat.close();
    link.lost(this, why);
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    lose("the server has closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    if (heartbeat == null) { // it is not connected yet
      caught.close();
    } else if (cause instanceof IOException) {
      lose(ClientLink.reason(cause));
    } else {
      link.failed(cause);
    }
  }
}

package slipway.packet;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * What a peer sends: cut into packets, and given to the service no faster than the peer may send.
 * Confined to the event loop.
 */
final class PacketInput {

  private final ChannelHandlerContext context;
  private final PacketSession session;
  private final PacketSettings settings;
  private final SessionLife life;
  private final PacketCutter cutter;
  private final Rate rate;
  private final Heartbeat heartbeat;
  private final PacketReader reader = new PacketReader();

  /** What to do when a peer that had to wait may go on. */
  private final Runnable goOn;

  private long received;

  /** Whether packets have come for which the batch is not done. */
  private boolean batch;

  /** Whether the peer has to wait, as it has sent too fast. */
  private boolean waits;

  /** Whether the service takes packets. */
  private boolean wanted = true;

  private boolean giving;

  /** Whether the peer sends nothing any more. */
  private boolean ended;

  PacketInput(
      ChannelHandlerContext context,
      PacketSession session,
      SessionLife life,
      PacketCutter cutter,
      Runnable goOn,
      Runnable silent) {
    this.context = context;
    this.session = session;
    this.settings = session.settings();
    this.life = life;
    this.cutter = cutter;
    this.goOn = goOn;
    this.rate = new Rate(settings.rate(), settings.burst(), now());
    this.heartbeat = new Heartbeat(context.executor(), settings.heartbeat(), silent);
  }

  private long now() {
    return context.executor().ticker().nanoTime();
  }

  /** How many packets have come. */
  long received() {
    return received;
  }

  // ---- packets ---------------------------------------------------------------------------------

  /** The peer has sent something; it is this one's. */
  void read(ByteBuf bytes) {
    if (settings.rate() > 0 || heartbeat.isAsked()) {
      long now = now();
      heartbeat.heard(now);
      rate.at(now);
    }
    cutter.add(bytes);
    give();
  }

  /** Gives the service the packets that are whole. */
  private void give() {
    giving = true;
    try {
      while (life.isServed() && wanted && rate.pause() == 0 && cutter.next(reader)) {
        rate.take();
        received++;
        batch = true;
        int size = settings.format().header() + reader.remaining();
        life.packet(reader);
        if (session.resumption() != null) {
          session.resumption().took(size);
        }
      }
      if (life.isOpen() && wanted && rate.pause() == 0) {
        cutter.settle();
      }
    } catch (PacketException wrong) {
      life.end(wrong.end());
    } finally {
      reader.close();
      giving = false;
    }
    if (life.isOpen() && wanted && rate.pause() > 0 && cutter.kept() > 0) {
      tooFast();
    }
  }

  private void tooFast() {
    if (settings.closesFast()) {
      life.end(PacketEnd.RATE);
    } else if (!waits) {
      waits = true;
      readOrNot();
      context.executor().schedule(goOn, rate.pause(), NANOSECONDS);
    }
  }

  /** The peer has waited. */
  void goOn() {
    waits = false;
    if (life.isOpen()) {
      readOrNot();
      rate.at(now());
      give();
    }
  }

  /**
   * Says whether the service takes packets; what has come and is not cut yet is kept.
   *
   * @return whether {@link #giveOn} is to be called: not while packets are being given
   */
  boolean wants(boolean packets) {
    if (!life.isOpen() || wanted == packets) {
      return false;
    }
    wanted = packets;
    readOrNot();
    return packets && !giving;
  }

  /** Another version has the session, which begins as one that takes packets. */
  void takenUp() {
    wanted = true;
    readOrNot();
  }

  /** Gives the service what has come and was not given. */
  void giveOn() {
    if (life.isServed()) {
      rate.at(now());
      give();
    }
  }

  private void readOrNot() {
    boolean read = wanted && !waits;
    heartbeat.listens(read);
    session.connection().reads(read);
  }

  /** All that has come together was given. */
  void batchDone() {
    if (batch && life.isServed()) {
      batch = false;
      life.batchDone();
    }
  }

  // ---- the end ---------------------------------------------------------------------------------

  /** The peer sends nothing any more; what has come and had to wait is still to be given. */
  void end() {
    ended = true;
  }

  /** Whether the peer sends nothing any more. */
  boolean isEnded() {
    return ended;
  }

  /** Whether nothing comes any more, and all packets that are whole were given. */
  boolean isOver() {
    return ended && !cutter.hasRest();
  }

  /** The connection is closed, or goes on without packets. */
  void close() {
    heartbeat.close();
  }
}

package slipway.packet;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.List;

/**
 * How a session outlives its connection. It waits for its peer to come back, and what the peer has
 * not got passes to the peer's new connection, whose own session takes its place:
 *
 * <pre>
 *   the old connection    closed ─▸ lost ─▸ giveUp ──Rest──┐
 *   the new connection                       hold ─▸ take ◂┘
 * </pre>
 *
 * <p>Confined to the event loop of its connection.
 */
final class Survival {

  private final SessionTable table;
  private final ChannelHandlerContext context;
  private final PacketSession session;
  private final SessionLife life;
  private final Farewell farewell;
  private final PacketInput input;
  private final PacketCutter cutter;
  private final PacketOutput output;

  /** Ends the session when its window is over; null as long as it is not lost. */
  private Future<?> expiry;

  /**
   * What passes to another connection.
   *
   * @param before the session that passes
   * @param waiting what was not written; null if the session is over
   * @param end why it is over; null if it is not
   */
  record Rest(PacketSession before, List<Waiting> waiting, PacketEnd end) {}

  Survival(
      SessionTable table,
      ChannelHandlerContext context,
      PacketSession session,
      SessionLife life,
      Farewell farewell,
      PacketInput input,
      PacketCutter cutter,
      PacketOutput output) {
    this.table = table;
    this.context = context;
    this.session = session;
    this.life = life;
    this.farewell = farewell;
    this.input = input;
    this.cutter = cutter;
    this.output = output;
  }

  // ---- the connection that is lost -------------------------------------------------------------

  private boolean outlives() {
    Resumption resumption = session.resumption();
    return life.isOpen() && !life.isHeld() && resumption != null && resumption.outlives();
  }

  /** The peer is not there any more, whether its connection is closed or not. */
  void gone(PacketEnd why) {
    if (outlives()) {
      context.close();
    } else {
      life.end(why);
    }
  }

  /** The connection is closed. */
  void closed() {
    farewell.end();
    if (!outlives()) {
      life.end(PacketEnd.LEFT);
    } else if (expiry == null) {
      Resumption resumption = session.resumption();
      cutter.close();
      expiry =
          context.executor().schedule(this::expire, resumption.window().toNanos(), NANOSECONDS);
      session.dropBegun();
      farewell.lost(this::over);
      resumption.lost();
    }
  }

  boolean isLost() {
    return expiry != null;
  }

  private void expire() {
    if (session.resumption().sent().claim()) { // else its peer is coming
      life.end(PacketEnd.LEFT);
    }
  }

  private void over(PacketEnd why) {
    expiry.cancel(false);
    session.resumption().over(why);
  }

  /** Ends what the connection has to do with the session, for which another one goes on. */
  Rest giveUp(PacketSession next) {
    if (!life.isOpen()) {
      return new Rest(session, null, session.standing().end());
    }
    if (expiry != null) {
      expiry.cancel(false);
    }
    Rest rest = new Rest(session, output.giveUp(), null);
    input.close();
    session.dropBegun();
    session.standing().passesTo(next);
    life.passOn();
    table.passesOn(session);
    cutter.close();
    context.close();
    return rest;
  }

  // ---- the connection that takes its place -----------------------------------------------------

  /** Holds what is sent from now on. */
  void hold() {
    life.hold();
    output.hold();
  }

  /** Goes on with the session of another connection. */
  void take(Resumption resumption, Rest rest, Runnable taken) {
    if (rest.waiting() == null) {
      life.end(rest.end());
    } else {
      goOn(rest.before(), resumption);
      output.take(resumption.sent(), rest.waiting());
    }
    taken.run();
    life.release();
  }

  private void goOn(PacketSession before, Resumption resumption) {
    if (life.isOver()) {
      table.forget(before);
    } else {
      table.goesOn(session, before.id(), resumption);
    }
  }
}

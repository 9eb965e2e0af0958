package slipway.bots.world;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import slipway.bots.link.Loop;
import slipway.bots.link.Wire;

/**
 * The connection of a player, and with what the player comes back if it is cut: a token of the
 * server, how much the player has got, and what it has sent, of which the server may lack the end.
 * Positions count the bytes of packets with their headers. Confined to the event loop.
 */
final class Line {

  private final WorldPlan plan;
  private final Loop loop;
  private final WorldTally tally;
  private final Outgoing packets;
  private final byte[] token = new byte[Incoming.TOKEN_BYTES];

  /** Null if there is no connection. */
  private Wire wire;

  private boolean hasToken;
  private boolean away;
  private long got;

  /** From {@link #first} on; empty if players are never cut. */
  private final ByteBuf sent = Unpooled.buffer(0);

  private long first;

  Line(WorldPlan plan, Loop loop, WorldTally tally) {
    this.plan = plan;
    this.loop = loop;
    this.tally = tally;
    this.packets = new Outgoing(plan.format());
  }

  // ---- the connection --------------------------------------------------------------------------

  /** Has a connection made. */
  void dial(Wire.Owner player, Consumer<Throwable> refused) {
    loop.dialer().dial(new Wire(plan.format(), player, loop.links()), refused);
  }

  /** The connection is made. */
  void opened(Wire made) {
    wire = made;
  }

  /** Whether it is the connection of now. */
  boolean has(Wire other) {
    return wire == other;
  }

  boolean isWritable() {
    return wire.isWritable();
  }

  ByteBuf buffer(int room) {
    return wire.buffer(room);
  }

  void send(ByteBuf out) {
    tally.out++;
    if (plan.cut() > 0) {
      sent.writeBytes(out, out.readerIndex(), out.readableBytes());
    }
    wire.send(out);
  }

  /** A packet has come, with a payload of some bytes. */
  void got(int length) {
    got += plan.format().header() + length;
  }

  void close() {
    if (wire != null) {
      wire.close();
    }
  }

  // ---- if it is cut ----------------------------------------------------------------------------

  /** The server has given a token. */
  void token(ByteBuf bytes, int from) {
    bytes.getBytes(from, token);
    hasToken = true;
  }

  /** Whether the server has said that the player may come back. */
  boolean hasToken() {
    return hasToken;
  }

  /** Tells the server what the player has got. */
  void acknowledge() {
    ByteBuf out = buffer(Outgoing.ROOM);
    packets.acknowledge(out, got);
    send(out);
  }

  /** Cuts the connection; another one is to be dialed. */
  void cut() {
    tally.cuts++;
    away = true;
    Wire before = wire;
    wire = null;
    before.cut();
  }

  /** Whether the server has not said yet that the player is back. */
  boolean isAway() {
    return away;
  }

  /** Asks the server, by the new connection, to let the player come back. */
  void ask() {
    ByteBuf out = buffer(Outgoing.ROOM);
    packets.resume(out, token, got);
    hasToken = false;
    wire.send(out);
  }

  /**
   * The server has let the player come back: sends what the server lacks.
   *
   * @return false if it has more than was sent, or says that it lacks what it has had
   */
  boolean back(ByteBuf bytes, int from) {
    long position = Incoming.taken(bytes, from);
    long known = position - first;
    if (!away || known < 0 || known > sent.readableBytes()) {
      return false;
    }
    tally.resumed++;
    first = position;
    sent.skipBytes((int) known).discardReadBytes();
    ByteBuf lacking = buffer(sent.readableBytes());
    wire.send(lacking.writeBytes(sent, sent.readerIndex(), sent.readableBytes()));
    token(bytes, from + Incoming.RESUMED_TOKEN);
    away = false;
    return true;
  }
}

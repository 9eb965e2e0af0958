package slipway.services.world;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.packet.Packet;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketEnd;
import slipway.world.WorldSession;

/** A player in a zone: where it is, and where it wants to be. */
final class Player {

  /** How far a player comes in a frame, in each direction. */
  static final int STRIDE = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Player.class);

  private final WorldSession session;
  private final long account;
  private final String name;
  private int x;
  private int y;
  private int goalX;
  private int goalY;

  Player(WorldSession session, long account, String name, int x, int y) {
    this.session = session;
    this.account = account;
    this.name = name;
    this.x = x;
    this.y = y;
    this.goalX = x;
    this.goalY = y;
  }

  long id() {
    return session.id();
  }

  long account() {
    return account;
  }

  String name() {
    return name;
  }

  int x() {
    return x;
  }

  int y() {
    return y;
  }

  // ---- walking ---------------------------------------------------------------------------------

  void wants(int toX, int toY) {
    goalX = toX;
    goalY = toY;
  }

  boolean isThere() {
    return x == goalX && y == goalY;
  }

  /** One step on the straight line to its goal. */
  void step() {
    int farX = goalX - x;
    int farY = goalY - y;
    int steps = Math.ceilDiv(Math.max(Math.abs(farX), Math.abs(farY)), STRIDE);
    if (steps > 0) {
      x += farX / steps;
      y += farY / steps;
    }
  }

  // ---- what it is sent -------------------------------------------------------------------------

  /** A packet that is longer than the operator allows for its session ends that. */
  void send(Packet packet) {
    try {
      session.send(packet);
    } catch (IllegalArgumentException tooLong) {
      LOG.warn("world: {} is closed, as it needs {}", name, tooLong.getMessage());
      session.close(PacketEnd.FAILED);
    }
  }

  /** Its number and where it is, for a packet about it. */
  PacketBuilder describe(PacketBuilder packet) {
    return packet.i64(id()).u16(x).u16(y);
  }

  /** With which it goes to another zone. */
  byte[] ticket() {
    return new Ticket(account, name, x, y).bytes();
  }

  // ---- another version -------------------------------------------------------------------------

  void save(DataOutput out) throws IOException {
    out.writeLong(id());
    out.writeLong(account);
    out.writeUTF(name);
    out.writeShort(x);
    out.writeShort(y);
    out.writeShort(goalX);
    out.writeShort(goalY);
  }

  /** Reads what {@link #save} has written behind the session's number. */
  static Player load(WorldSession session, DataInput saved) throws IOException {
    Player player =
        new Player(
            session,
            saved.readLong(),
            saved.readUTF(),
            saved.readUnsignedShort(),
            saved.readUnsignedShort());
    player.wants(saved.readUnsignedShort(), saved.readUnsignedShort());
    return player;
  }
}

package slipway.bots.world;

import io.netty.buffer.ByteBuf;
import slipway.packet.PacketFormat;

/**
 * The packets of players. Text is its length in one byte, and UTF-8:
 *
 * <pre>
 *   6000 LOGIN  text name, text password         6030 GO     text zone
 *   6010 WALK   u32 number, u16 x, u16 y         6040 ALIVE
 *   6020 SAY    text                             6050 LOOK   u32 number
 *   6060 RESUME 16 bytes token, i64 bytes got    6070 ACK    i64 bytes got
 * </pre>
 *
 * @param format how they are framed
 */
record Outgoing(PacketFormat format) {

  static final int LOGIN = 6000;
  static final int WALK = 6010;
  static final int SAY = 6020;
  static final int GO = 6030;
  static final int ALIVE = 6040;
  static final int LOOK = 6050;
  static final int RESUME = 6060;
  static final int ACK = 6070;

  /** All are shorter, with their headers, except for the log-in. */
  static final int ROOM = 64;

  void login(ByteBuf target, byte[] name, byte[] password) {
    int start = begin(target, LOGIN);
    target.writeByte(name.length).writeBytes(name);
    target.writeByte(password.length).writeBytes(password);
    end(target, start);
  }

  void walk(ByteBuf target, int number, int place) {
    int start = begin(target, WALK);
    target.writeIntLE(number).writeIntLE(place);
    end(target, start);
  }

  void say(ByteBuf target, int number) {
    int start = begin(target, SAY);
    Saying.write(target, number);
    end(target, start);
  }

  void go(ByteBuf target, Zone zone) {
    int start = begin(target, GO);
    zone.write(target);
    end(target, start);
  }

  void alive(ByteBuf target) {
    end(target, begin(target, ALIVE));
  }

  void look(ByteBuf target, int number) {
    int start = begin(target, LOOK);
    target.writeIntLE(number);
    end(target, start);
  }

  void resume(ByteBuf target, byte[] token, long got) {
    int start = begin(target, RESUME);
    target.writeBytes(token).writeLongLE(got);
    end(target, start);
  }

  void acknowledge(ByteBuf target, long got) {
    int start = begin(target, ACK);
    target.writeLongLE(got);
    end(target, start);
  }

  private int begin(ByteBuf target, int type) {
    int start = target.writerIndex();
    target.writerIndex(start + format.header());
    target.writeShortLE(type);
    return start;
  }

  private void end(ByteBuf target, int start) {
    format.encode(target, start, target.writerIndex() - start - format.header());
  }
}

package slipway.packet;

import io.netty.buffer.ByteBuf;

/**
 * The older of the two disguises. Checksum and payload are combined with the packet's key, then
 * these and the key with both fixed keys; so one byte, which is the key as it is sent, is combined
 * with all of them.
 *
 * @param fixed both fixed keys in one
 */
record Xor2(int fixed) implements PacketCodec {

  @Override
  public void encode(ByteBuf packet, int at, int length) {
    int mask = packet.getByte(at) ^ fixed;
    packet.setByte(at, mask);
    packet.setByte(at + 1, Checksum.of(packet, at + 2, length) ^ mask);
    apply(packet, at + 2, length, mask);
  }

  @Override
  public boolean decode(ByteBuf packet, int at, int length) {
    int mask = packet.getByte(at);
    apply(packet, at + 2, length, mask);
    return ((packet.getByte(at + 1) ^ mask) & 0xff) == Checksum.of(packet, at + 2, length);
  }

  private static void apply(ByteBuf packet, int from, int length, int mask) {
    long eight = (mask & 0xffL) * 0x0101010101010101L;
    int to = from + length;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      packet.setLong(i, packet.getLong(i) ^ eight);
    }
    for (; i < to; i++) {
      packet.setByte(i, packet.getByte(i) ^ mask);
    }
  }

  /** Without its keys. */
  @Override
  public String toString() {
    return "xor2";
  }
}

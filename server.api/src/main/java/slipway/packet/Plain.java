package slipway.packet;

import io.netty.buffer.ByteBuf;

/** Clear text, with a checksum. */
enum Plain implements PacketCodec {
  PLAIN;

  @Override
  public void encode(ByteBuf packet, int at, int length) {
    packet.setByte(at + 1, Checksum.of(packet, at + 2, length));
  }

  @Override
  public boolean decode(ByteBuf packet, int at, int length) {
    return packet.getUnsignedByte(at + 1) == Checksum.of(packet, at + 2, length);
  }

  @Override
  public String toString() {
    return "plain";
  }
}

package slipway.packet;

import io.netty.buffer.ByteBuf;

/** The checksum of a NET packet. */
final class Checksum {

  private Checksum() {}

  /** The sum of bytes, modulo 256. */
  static int of(ByteBuf packet, int from, int length) {
    int sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += packet.getByte(i);
    }
    return sum & 0xff;
  }
}

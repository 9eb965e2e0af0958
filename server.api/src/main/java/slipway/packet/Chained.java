package slipway.packet;

import io.netty.buffer.ByteBuf;

/**
 * The newer of the two disguises. D is the checksum and the payload behind it, E what is sent, and
 * i counts from 1; P and E are 0 before that, and all is modulo 256:
 *
 * <pre>
 *   P[i] = D[i] ^ (P[i - 1] + key of the packet + i)
 *   E[i] = P[i] ^ (E[i - 1] + fixed key + i)
 * </pre>
 *
 * @param fixed the fixed key
 * @param length8 whether the number of bytes is counted in one byte
 */
record Chained(int fixed, boolean length8) implements PacketCodec {

  @Override
  public void encode(ByteBuf packet, int at, int length) {
    packet.setByte(at + 1, Checksum.of(packet, at + 2, length));
    int key = packet.getByte(at);
    int p = 0;
    int e = 0;
    for (int i = 1; i <= count(length); i++) {
      p = packet.getByte(at + i) ^ (p + key + i);
      e = p ^ (e + fixed + i);
      packet.setByte(at + i, e);
    }
  }

  @Override
  public boolean decode(ByteBuf packet, int at, int length) {
    int key = packet.getByte(at);
    int before = 0;
    int e = 0;
    for (int i = 1; i <= count(length); i++) {
      int sent = packet.getByte(at + i);
      int p = sent ^ (e + fixed + i);
      packet.setByte(at + i, p ^ (before + key + i));
      before = p;
      e = sent;
    }
    return packet.getUnsignedByte(at + 1) == Checksum.of(packet, at + 2, length);
  }

  private int count(int length) {
    return length8 ? (length + 1) & 0xff : length + 1;
  }

  /** Without its key. */
  @Override
  public String toString() {
    return length8 ? "chained, length8" : "chained";
  }
}

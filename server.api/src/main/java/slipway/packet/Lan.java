package slipway.packet;

import io.netty.buffer.ByteBuf;

/** A length, and the payload in clear. */
record Lan(int max) implements PacketFormat {

  private static final int HEADER = 2;

  Lan {
    Bounds.length(max);
  }

  @Override
  public int header() {
    return HEADER;
  }

  @Override
  public int size(ByteBuf bytes, int from, int there) {
    if (there < HEADER) {
      return UNKNOWN;
    }
    int length = bytes.getUnsignedShortLE(from);
    if (length > max) {
      throw PacketException.BAD_LENGTH;
    }
    return HEADER + length;
  }

  @Override
  public void decode(ByteBuf bytes, int from, int size) {
    // it is in clear, and has no checksum
  }

  @Override
  public void encode(ByteBuf bytes, int from, int length) {
    bytes.setShortLE(from, length);
  }

  @Override
  public String toString() {
    return "lan";
  }
}

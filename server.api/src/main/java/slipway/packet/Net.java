package slipway.packet;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;

/** A code, a length, a key, a checksum, and a payload that may be disguised. */
record Net(int code, PacketCodec codec, int max) implements PacketFormat {

  private static final int LENGTH = 1;
  private static final int KEY = 3;
  private static final int HEADER = 5;

  Net {
    Bounds.octet("code", code);
    Bounds.length(max);
  }

  @Override
  public int header() {
    return HEADER;
  }

  /** Another code is refused at the first byte, and a wrong length at the third. */
  @Override
  public int size(ByteBuf bytes, int from, int there) {
    if (there > 0 && bytes.getUnsignedByte(from) != code) {
      throw PacketException.BAD_CODE;
    }
    if (there < KEY) {
      return UNKNOWN;
    }
    int length = bytes.getUnsignedShortLE(from + LENGTH);
    if (length > max) {
      throw PacketException.BAD_LENGTH;
    }
    return HEADER + length;
  }

  @Override
  public void decode(ByteBuf bytes, int from, int size) {
    if (!codec.decode(bytes, from + KEY, size - HEADER)) {
      throw PacketException.BAD_CHECKSUM;
    }
  }

  @Override
  public void encode(ByteBuf bytes, int from, int length) {
    encode(bytes, from, length, ThreadLocalRandom.current().nextInt());
  }

  /**
   * As above.
   *
   * @param key of this packet; its lowest byte counts
   */
  void encode(ByteBuf bytes, int from, int length, int key) {
    bytes.setByte(from, code);
    bytes.setShortLE(from + LENGTH, length);
    bytes.setByte(from + KEY, key);
    codec.encode(bytes, from + KEY, length);
  }

  @Override
  public String toString() {
    return "net, " + codec;
  }
}

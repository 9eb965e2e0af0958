package slipway.bench.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What stands before the payload of a packet. Buffers are little-endian. */
public enum Framing {

  /** The length in two bytes. */
  LAN {
    @Override
    int header(ByteBuffer in) {
      return in.remaining() < Short.BYTES ? NOT_YET : Short.toUnsignedInt(in.getShort());
    }

    @Override
    void write(ByteBuffer payload, ByteBuffer out) {
      out.putShort((short) payload.remaining()).put(payload);
    }
  },

  /**
   * A binary message of WebSocket; the server's are not masked. A room of Colyseus gets bytes of
   * the type 0, and what it sends is sent as it is.
   */
  COLYSEUS {
    @Override
    int header(ByteBuffer in) {
      int from = in.position();
      if (in.remaining() < 2) {
        return NOT_YET;
      }
      int kind = Byte.toUnsignedInt(in.get());
      int length = Byte.toUnsignedInt(in.get());
      if (kind != BINARY || length == LONG) {
        throw new IllegalStateException("the server has sent a message of the kind " + kind);
      }
      if (length < SHORT) {
        return length;
      }
      if (in.remaining() < Short.BYTES) {
        in.position(from);
        return NOT_YET;
      }
      return Short.toUnsignedInt(Short.reverseBytes(in.getShort()));
    }

    @Override
    void write(ByteBuffer payload, ByteBuffer out) {
      message(out, BYTES_OF_TYPE_0.length + payload.remaining());
      out.put(BYTES_OF_TYPE_0).put(payload);
    }
  };

  /** There is no whole header yet. */
  static final int NOT_YET = -1;

  /** More than any of these has. */
  static final int MOST_HEADER = 8;

  private static final int BINARY = 0x82;
  private static final int SHORT = 126;
  private static final int LONG = 127;
  private static final int MASKED = 0x80;
  private static final byte[] BYTES_OF_TYPE_0 = {17, 0};

  /**
   * Reads a header.
   *
   * @param in stands behind it afterwards, or where it was if the header is not whole
   * @return the payload's length; {@link #NOT_YET}
   */
  abstract int header(ByteBuffer in);

  /** Writes a packet from a client, of up to 100 bytes. */
  abstract void write(ByteBuffer payload, ByteBuffer out);

  /** Begins a message from a client, with a mask that changes nothing. */
  static void message(ByteBuffer out, int length) {
    out.put((byte) BINARY).put((byte) (MASKED | length)).putInt(0);
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

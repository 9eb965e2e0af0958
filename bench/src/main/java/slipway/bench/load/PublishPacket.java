package slipway.bench.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A LAN packet for many that says which it is: its publisher, which of the publisher's packets it
 * is, when it was due, and bytes that depend on all three. As it is sent and as it is published, it
 * differs in its type alone. One of these makes and reads packets one after the other.
 */
final class PublishPacket {

  /** Length of its payload in bytes. */
  static final int PAYLOAD = 64;

  private static final int HEADER = 2;

  /** Length of the whole, in bytes. */
  static final int LENGTH = HEADER + PAYLOAD;

  private static final short REQUEST = 5004;
  private static final short PUBLISHED = 5005;

  /** Behind the type and the length of the rest. */
  private static final int FIELDS = HEADER + 4;

  private static final int BYTES = FIELDS + 16;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private final ByteBuffer packet = buffer();
  private int publisher;
  private int number;
  private long due;

  /** Room for one packet, in the order of bytes that packets have. */
  static ByteBuffer buffer() {
    return ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What a publisher sends; valid until this makes or reads another one. */
  ByteBuffer request(int publisher, int number, long due) {
    return packet(REQUEST, publisher, number, due);
  }

  /** What all others are to be sent; valid until this makes or reads another one. */
  ByteBuffer published(int publisher, int number, long due) {
    return packet(PUBLISHED, publisher, number, due);
  }

  private ByteBuffer packet(short type, int publisher, int number, long due) {
    packet.clear().putShort((short) PAYLOAD).putShort(type).putShort((short) (PAYLOAD - 4));
    packet.putInt(publisher).putInt(number).putLong(due);
    long all = MIX * (MIX * (MIX * publisher + number) + due); // MIX is odd: each bit counts
    for (int i = BYTES; i < LENGTH; i++) {
      packet.put((byte) ((all >>> 8 * (i % 8)) + i));
    }
    return packet.flip();
  }

  /**
   * Reads a packet.
   *
   * @param bytes of a {@link #buffer}, all of them
   * @return whether it is a published one in which everything fits together
   */
  boolean read(ByteBuffer bytes) {
    publisher = bytes.getInt(FIELDS);
    number = bytes.getInt(FIELDS + 4);
    due = bytes.getLong(FIELDS + 8);
    return published(publisher, number, due).equals(bytes.clear());
  }

  /** The publisher of the packet that was read, from 0. */
  int publisher() {
    return publisher;
  }

  /** Which of its publisher's packets it is, from 0. */
  int number() {
    return number;
  }

  /** When it was due, by {@link System#nanoTime}. */
  long due() {
    return due;
  }
}

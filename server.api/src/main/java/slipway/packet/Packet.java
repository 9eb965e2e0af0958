package slipway.packet;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A packet to be sent, to one session or to many: it is encoded once for each format, whatever the
 * number of sessions. {@link PacketBuilder} makes it.
 *
 * <p>It is the creator's, which closes it when it has been sent to all; what is still on its way
 * then goes out all the same. Used by one thread at a time.
 */
public final class Packet implements AutoCloseable {

  /** Room for the longest header of all formats, before the payload. */
  static final int ROOM = 5;

  /** The payload in clear, from {@link #ROOM} on, until it is encoded in place. */
  private final ByteBuf bytes;

  private final int size;
  private final List<Encoded> encoded = new ArrayList<>(1);
  private boolean closed;
  private boolean summed;
  private int checksum;

  Packet(ByteBuf bytes) {
    this.bytes = bytes;
    this.size = bytes.writerIndex() - ROOM;
  }

  /** Length of the payload in bytes. */
  public int size() {
    return size;
  }

  /**
   * A checksum of the payload, CRC32C, by which packets can be compared that are not kept. To be
   * asked before the packet is sent or closed; the answer stays the same then.
   */
  public int checksum() {
    if (!summed) {
      CRC32C sum = new CRC32C();
      sum.update(bytes.nioBuffer(ROOM, size));
      checksum = (int) sum.getValue();
      summed = true;
    }
    return checksum;
  }

  /**
   * The packet as it is sent.
   *
   * @return valid until this is closed, unless it is retained
   * @throws IllegalArgumentException if the packet is longer than the format allows
   * @throws IllegalStateException if it is closed
   */
  Encoded encoded(PacketFormat format) {
    if (closed) {
      throw new IllegalStateException("the packet is closed");
    }
    for (Encoded one : encoded) { // of which there are one or two
      if (one.format().equals(format)) {
        return one;
      }
    }
    if (size > format.max()) {
      throw new IllegalArgumentException(
          "a packet of " + size + " bytes: allowed is up to " + format.max());
    }
    Encoded another = encoded.isEmpty() ? Encoded.of(bytes, format) : encoded.getFirst().in(format);
    encoded.add(another);
    return another;
  }

  /** Releases it. What was sent and is not on its way yet stays until it is. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (encoded.isEmpty()) {
      bytes.release();
    } else {
      encoded.forEach(Encoded::release);
    }
  }
}

package slipway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Writes a packet that is sent to more than one session, or from another thread than a session's
 * own. For an answer there is {@link PacketSession#write}, which needs no packet of its own.
 *
 * <pre>
 *   try (Packet packet = PacketBuilder.of(allocator, MOVED).u32(who).f32(x).f32(y).build()) {
 *     sessions.send(packet);
 *   }
 * </pre>
 *
 * <p>One that has thrown, or is not to be built, is closed by {@link #close}.
 */
public final class PacketBuilder extends PacketWriter<PacketBuilder> implements AutoCloseable {

  private static final int FIRST_BYTES = 64;

  private PacketBuilder(ByteBuf bytes) {
    this.bytes = bytes;
    this.payload = Packet.ROOM;
  }

  /**
   * Begins a packet without a type.
   *
   * @param allocator where its buffer comes from, such as that of a channel
   */
  public static PacketBuilder of(ByteBufAllocator allocator) {
    ByteBuf bytes = allocator.buffer(Packet.ROOM + FIRST_BYTES);
    bytes.writerIndex(Packet.ROOM);
    return new PacketBuilder(bytes);
  }

  /**
   * Begins a packet with its type, a number of two bytes.
   *
   * @param allocator where its buffer comes from, such as that of a channel
   * @param type 0 to 65535
   */
  public static PacketBuilder of(ByteBufAllocator allocator, int type) {
    PacketBuilder builder = of(allocator);
    try {
      return builder.u16(type);
    } catch (IllegalArgumentException noType) {
      builder.close();
      throw noType;
    }
  }

  @Override
  PacketBuilder self() {
    return this;
  }

  /** The packet; nothing more can be written. The caller closes it. */
  public Packet build() {
    if (bytes == null) {
      throw new IllegalStateException("the packet is written already");
    }
    Packet packet = new Packet(bytes);
    bytes = null;
    return packet;
  }

  /** Releases what was written, unless it is built. */
  @Override
  public void close() {
    if (bytes != null) {
      bytes.release();
      bytes = null;
    }
  }
}

package slipway.packet;

import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;

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

  private final Consumer<? super Packet> built;

  /**
   * Makes one in which nothing is begun.
   *
   * @param built is told of each packet that is built
   */
  PacketBuilder(Consumer<? super Packet> built) {
    this.built = built;
  }

  /** Begins a packet, without a type. */
  PacketBuilder begin(ByteBufAllocator allocator) {
    close(); // one that was not built
    bytes = allocator.buffer(Packet.ROOM + FIRST_BYTES);
    bytes.writerIndex(Packet.ROOM);
    payload = Packet.ROOM;
    return this;
  }

  /**
   * Begins a packet without a type.
   *
   * @param allocator where its buffer comes from, such as that of a channel
   */
  public static PacketBuilder of(ByteBufAllocator allocator) {
    return new PacketBuilder(own -> {}).begin(allocator);
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

  /**
   * The packet; nothing more can be written. The caller closes it, if it was not begun by a {@link
   * PacketBatch}.
   */
  public Packet build() {
    seeThatItIsBegun();
    Packet packet = new Packet(bytes);
    bytes = null;
    built.accept(packet);
    return packet;
  }

  /**
   * The payload alone, for what is no packet that is sent, such as the ticket of a session that
   * moves; nothing more can be written.
   */
  public byte[] payload() {
    seeThatItIsBegun();
    byte[] own = new byte[length()];
    bytes.getBytes(payload, own);
    close();
    return own;
  }

  private void seeThatItIsBegun() {
    if (bytes == null) {
      throw new IllegalStateException("the packet is written already");
    }
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

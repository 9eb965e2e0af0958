package slipway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Cuts what a peer sends into packets. Nothing is copied, except for a packet that comes in more
 * than one piece: its bytes are collected until it is whole, which are never more than one packet
 * can have.
 *
 * <pre>
 *   add ─▸ next, next, ... next ─▸ settle      all packets are taken, what has begun is kept
 *   add ─▸ next, next                          the peer has to wait: the rest is kept as it is
 * </pre>
 *
 * <p>Confined to the event loop of its channel.
 */
final class PacketCutter {

  private static final int FIRST_BYTES = 128;

  private final PacketFormat format;
  private final ByteBufAllocator allocator;

  /** The beginning of a packet, from index 0 on; what follows it is in {@link #rest}. */
  private ByteBuf begun = Unpooled.EMPTY_BUFFER;

  /** Whether the packet that had begun is whole, and was given. */
  private boolean given;

  /** What has not been looked at; null if there is nothing. */
  private ByteBuf rest;

  private boolean closed;

  /** Makes it, at the beginning of a packet. */
  PacketCutter(PacketFormat format, ByteBufAllocator allocator) {
    this.format = format;
    this.allocator = allocator;
  }

  /**
   * The peer has sent something.
   *
   * @param bytes this one's from now on; packets are decoded in it
   */
  void add(ByteBuf bytes) {
    if (closed) {
      bytes.release();
    } else if (rest == null && !bytes.isReadOnly()) {
      rest = bytes;
    } else {
      int before = rest == null ? 0 : rest.readableBytes();
      ByteBuf both = allocator.buffer(before + bytes.readableBytes());
      if (rest != null) {
        both.writeBytes(rest);
        rest.release();
      }
      both.writeBytes(bytes);
      bytes.release();
      rest = both;
    }
  }

  /**
   * Goes to the next packet.
   *
   * @param reader opened on its payload, which is there until the next call
   * @return false if no packet is whole
   * @throws PacketException if it is wrong
   */
  boolean next(PacketReader reader) {
    forgetGiven();
    if (rest == null) {
      return false;
    }
    return begun.isReadable() ? complete(reader) : cut(reader);
  }

  /** Completes the packet that has begun, as far as its bytes are there. */
  private boolean complete(PacketReader reader) {
    collect(format.header());
    int size = format.size(begun, 0, begun.readableBytes());
    if (size == PacketFormat.UNKNOWN) {
      return false;
    }
    collect(size);
    if (begun.readableBytes() < size) {
      return false;
    }
    given = true;
    open(reader, begun, 0, size);
    return true;
  }

  private void collect(int size) {
    int missing = size - begun.readableBytes();
    if (missing > 0) {
      begun.writeBytes(rest, Math.min(missing, rest.readableBytes()));
    }
  }

  private boolean cut(PacketReader reader) {
    int there = rest.readableBytes();
    int from = rest.readerIndex();
    int size = format.size(rest, from, there);
    if (size == PacketFormat.UNKNOWN || size > there) {
      return false;
    }
    rest.skipBytes(size);
    open(reader, rest, from, size);
    return true;
  }

  private void open(PacketReader reader, ByteBuf bytes, int from, int size) {
    format.decode(bytes, from, size);
    reader.open(bytes, from + format.header(), size - format.header());
  }

  /** All packets that are whole have been taken; keeps what has begun. */
  void settle() {
    forgetGiven();
    if (rest == null) {
      return;
    }
    if (rest.isReadable()) {
      begun = allocator.buffer(Math.max(FIRST_BYTES, rest.readableBytes()));
      begun.writeBytes(rest);
    }
    rest.release();
    rest = null;
  }

  private void forgetGiven() {
    if (given) {
      given = false;
      begun.release();
      begun = Unpooled.EMPTY_BUFFER;
    }
  }

  /** Whether there are bytes that were not looked at, or may be more packets. */
  boolean hasRest() {
    return rest != null && rest.isReadable();
  }

  /** How many bytes are kept. */
  int kept() {
    return (given ? 0 : begun.readableBytes()) + (rest == null ? 0 : rest.readableBytes());
  }

  /**
   * Closes this, for another handler to go on.
   *
   * @return what is kept, as it came; the caller's
   */
  ByteBuf takeRest() {
    forgetGiven();
    if (begun.isReadable() && rest != null) {
      begun.writeBytes(rest);
      rest.release();
      rest = null;
    } else {
      settle();
    }
    ByteBuf taken = begun;
    begun = Unpooled.EMPTY_BUFFER;
    closed = true;
    return taken;
  }

  /** Lets go of what is kept; what comes after that is dropped. */
  void close() {
    closed = true;
    given = false;
    begun.release();
    begun = Unpooled.EMPTY_BUFFER;
    if (rest != null) {
      rest.release();
      rest = null;
    }
  }
}

package slipway.packet;

import io.netty.buffer.ByteBuf;

/**
 * A packet as peers of one format get it: header and payload, which nobody changes any more.
 *
 * @param bytes what holds it, up to its writer index
 * @param from index of the header
 */
record Encoded(PacketFormat format, ByteBuf bytes, int from) {

  /** A payload in clear becomes a packet, in place. */
  static Encoded of(ByteBuf bytes, PacketFormat format) {
    int from = Packet.ROOM - format.header();
    format.encode(bytes, from, bytes.writerIndex() - Packet.ROOM);
    return new Encoded(format, bytes, from);
  }

  /** The same packet in another format, in a buffer of its own. */
  Encoded in(PacketFormat other) {
    ByteBuf copy = bytes.copy(0, bytes.writerIndex());
    format.decode(copy, from, size());
    return of(copy, other);
  }

  /** Length of header and payload in bytes. */
  int size() {
    return bytes.writerIndex() - from;
  }

  void copyTo(ByteBuf target) {
    target.writeBytes(bytes, from, size());
  }

  /** To be written to a channel, which releases it. */
  ByteBuf slice() {
    return bytes.retainedSlice(from, size());
  }

  Encoded retain() {
    bytes.retain();
    return this;
  }

  void release() {
    bytes.release();
  }
}

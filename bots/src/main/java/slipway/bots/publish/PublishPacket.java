package slipway.bots.publish;

import io.netty.buffer.ByteBuf;
import slipway.bots.link.Filler;
import slipway.bots.report.Fault.Bytes;
import slipway.packet.PacketFormat;

/**
 * The packets that the service {@code packets} publishes to all sessions except the publisher's:
 *
 * <pre>
 *   5004 length u16, publisher i64, number i64, time i64, bytes  ─▸  5005, the same
 *   5000 account i64, tick i64                                   ─▸  5001, the same: the client is in
 * </pre>
 *
 * @param format how they are framed
 * @param filler the bytes at the end
 */
record PublishPacket(PacketFormat format, Filler filler) {

  static final int GREETING = 5000;
  static final int GREETED = 5001;
  static final int PUBLISH = 5004;
  static final int PUBLISHED = 5005;

  private static final int GREETING_BYTES = 18;
  private static final int LENGTH = 2;
  private static final int PUBLISHER = 4;
  private static final int NUMBER = 12;
  private static final int TIME = 20;

  /** The most bytes that a packet has, with its header. */
  int longest() {
    return format.header() + PublishPlan.HEAD + filler.max();
  }

  /** Appends the packet whose answer says that the server has let the client in. */
  void writeGreeting(ByteBuf target, long client) {
    int start = target.writerIndex();
    target.writerIndex(start + format.header());
    target.writeShortLE(GREETING).writeLongLE(client).writeLongLE(0);
    format.encode(target, start, GREETING_BYTES);
  }

  /** Appends a whole packet. */
  void write(ByteBuf target, long publisher, long number, long nanos) {
    int start = target.writerIndex();
    target.writerIndex(start + format.header());
    writePayload(target, PUBLISH, publisher, number, nanos);
    format.encode(target, start, target.writerIndex() - start - format.header());
  }

  private void writePayload(ByteBuf target, int type, long publisher, long number, long nanos) {
    long key = filler.key(publisher, number);
    target.writeShortLE(type).writeShortLE(PublishPlan.HEAD - PUBLISHER + filler.size(key));
    target.writeLongLE(publisher).writeLongLE(number).writeLongLE(nanos);
    filler.write(target, key);
  }

  static boolean isGreeted(ByteBuf bytes, int from, int length) {
    return length == GREETING_BYTES && bytes.getUnsignedShortLE(from) == GREETED;
  }

  /** Whether a payload was published, whatever it says. */
  static boolean isPublished(ByteBuf bytes, int from, int length) {
    return length >= PublishPlan.HEAD
        && bytes.getUnsignedShortLE(from) == PUBLISHED
        && bytes.getUnsignedShortLE(from + LENGTH) == length - PUBLISHER;
  }

  static long publisher(ByteBuf bytes, int from) {
    return bytes.getLongLE(from + PUBLISHER);
  }

  static long number(ByteBuf bytes, int from) {
    return bytes.getLongLE(from + NUMBER);
  }

  static long nanos(ByteBuf bytes, int from) {
    return bytes.getLongLE(from + TIME);
  }

  /** Whether the filler is that of the publisher and the number. */
  boolean hasContent(ByteBuf bytes, int from, int length, long publisher, long number) {
    return filler.matches(
        bytes, from + PublishPlan.HEAD, length - PublishPlan.HEAD, filler.key(publisher, number));
  }

  /** The payload that should have come. */
  Bytes published(long publisher, long number, long nanos) {
    return Bytes.written(buffer -> writePayload(buffer, PUBLISHED, publisher, number, nanos));
  }
}

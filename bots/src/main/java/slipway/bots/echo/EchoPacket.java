package slipway.bots.echo;

import io.netty.buffer.ByteBuf;
import slipway.bots.link.Filler;
import slipway.bots.report.Fault.Bytes;
import slipway.packet.PacketFormat;

/**
 * The packets that the service {@code packets} echoes, and its answers:
 *
 * <pre>
 *   5000 account i64, tick i64, bytes  ─▸  5001 account i64, tick i64, bytes    the same
 * </pre>
 *
 * @param format how they are framed
 * @param filler the bytes at the end
 */
record EchoPacket(PacketFormat format, Filler filler) {

  static final int REQUEST = 5000;
  static final int ANSWER = 5001;

  private static final int ACCOUNT = 2;
  private static final int TICK = 10;

  /** The most bytes that a packet has, with its header. */
  int longest() {
    return format.header() + EchoPlan.HEAD + filler.max();
  }

  /** Appends a whole packet. */
  void write(ByteBuf target, int type, long account, long tick) {
    int start = target.writerIndex();
    target.writerIndex(start + format.header());
    writePayload(target, type, account, tick);
    int length = target.writerIndex() - start - format.header();
    format.encode(target, start, length);
  }

  private void writePayload(ByteBuf target, int type, long account, long tick) {
    target.writeShortLE(type).writeLongLE(account).writeLongLE(tick);
    filler.write(target, filler.key(account, tick));
  }

  /** Whether a payload is an answer, whatever it says. */
  static boolean isAnswer(ByteBuf bytes, int from, int length) {
    return length >= EchoPlan.HEAD && bytes.getUnsignedShortLE(from) == ANSWER;
  }

  static long tick(ByteBuf bytes, int from) {
    return bytes.getLongLE(from + TICK);
  }

  /** Whether an answer has each byte as it was sent, except for its type and tick. */
  boolean hasContent(ByteBuf bytes, int from, int length, long account, long tick) {
    return bytes.getLongLE(from + ACCOUNT) == account
        && filler.matches(
            bytes, from + EchoPlan.HEAD, length - EchoPlan.HEAD, filler.key(account, tick));
  }

  /** The payload of the right answer. */
  Bytes answer(long account, long tick) {
    return Bytes.written(buffer -> writePayload(buffer, ANSWER, account, tick));
  }

  /** The whole right answer, as it stands on the wire. */
  Bytes wholeAnswer(long account, long tick) {
    return Bytes.written(
        buffer -> {
          buffer.ensureWritable(longest());
          write(buffer, ANSWER, account, tick);
        });
  }
}

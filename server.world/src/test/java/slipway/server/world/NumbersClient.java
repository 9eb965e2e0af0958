package slipway.server.world;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketFormat;
import slipway.packet.PacketReader;

/**
 * A client of {@link Numbers}, whatever carries its bytes: says numbers, hears them again, and
 * comes back with what it has. Not safe for use by more than one thread.
 */
final class NumbersClient {

  private final PacketFormat format;

  /** All packets of the session, from its beginning. */
  private final ByteBuf said = Unpooled.buffer();

  private final ByteBuf unread = Unpooled.buffer();

  /** Sends bytes; null if there is no connection, or the host has not told what it has. */
  private Consumer<byte[]> connection;

  private Consumer<byte[]> resuming;
  private long got;
  private int next;
  private int heard;
  private long tick;
  private byte[] token;
  private boolean refused;
  private int times;
  private final List<String> late = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  NumbersClient(PacketFormat format) {
    this.format = format;
  }

  private static PacketBuilder packet(int type) {
    return PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT, type);
  }

  private byte[] bytes(PacketBuilder packet) {
    byte[] payload = packet.payload();
    ByteBuf bytes = Unpooled.buffer().writeZero(format.header()).writeBytes(payload);
    format.encode(bytes, 0, payload.length);
    return ByteBufUtil.getBytes(bytes);
  }

  // ---- what it sends ---------------------------------------------------------------------------

  /** Comes in by its first connection. */
  NumbersClient enters(Consumer<byte[]> first) {
    connection = first;
    return sends(packet(Numbers.ENTER));
  }

  /** Comes back by another connection. */
  void resumes(Consumer<byte[]> other) {
    resumes(other, token, got);
  }

  void resumes(Consumer<byte[]> other, byte[] with, long position) {
    loses();
    resuming = other;
    other.accept(bytes(packet(Numbers.RESUME).bytes(with).i64(position)));
  }

  /** Its connection is lost. */
  void loses() {
    connection = null;
    resuming = null;
    unread.clear();
  }

  NumbersClient says(int numbers) {
    for (int each = 0; each < numbers; each++) {
      sends(packet(Numbers.NUMBER).i32(next));
      next++;
    }
    return this;
  }

  NumbersClient sends(int type) {
    return sends(packet(type));
  }

  /** Tells the host what it has. */
  NumbersClient acknowledges() {
    return sends(packet(Numbers.ACK).i64(got));
  }

  private NumbersClient sends(PacketBuilder packet) {
    byte[] bytes = bytes(packet);
    said.writeBytes(bytes);
    if (connection != null) {
      connection.accept(bytes);
    }
    return this;
  }

  /** Tells the host that it has what it has not. */
  void pretends(long position) {
    sends(packet(Numbers.ACK).i64(position));
  }

  /** The last bytes of what it has said. */
  byte[] lastSaid(int length) {
    return ByteBufUtil.getBytes(said, said.writerIndex() - length, length);
  }

  // ---- what it hears ---------------------------------------------------------------------------

  /** Bytes have come by its connection. */
  void hears(byte... bytes) {
    unread.writeBytes(bytes);
    while (unread.isReadable()) {
      int from = unread.readerIndex();
      int size = format.size(unread, from, unread.readableBytes());
      if (size == PacketFormat.UNKNOWN || size > unread.readableBytes()) {
        break;
      }
      format.decode(unread, from, size);
      int header = format.header();
      got += size;
      hear(PacketReader.of(ByteBufUtil.getBytes(unread, from + header, size - header)));
      unread.skipBytes(size);
    }
    unread.discardReadBytes();
  }

  private void hear(PacketReader packet) {
    switch (packet.u16()) {
      case Numbers.SAID -> {
        expect("number", packet.i32(), heard);
        heard++;
      }
      case Numbers.TICK -> {
        expect("tick", packet.i64(), tick);
        tick++;
      }
      case Numbers.TOKEN -> token = token(packet);
      case Numbers.RESUMED -> resumed(packet);
      case Numbers.REFUSED -> refused = true;
      case Numbers.LATEST -> late.add("latest " + packet.i64());
      case Numbers.MAY -> late.add("may " + packet.i64());
      default -> wrong.add("unknown");
    }
  }

  private void expect(String what, long came, long expected) {
    if (came != expected) {
      wrong.add(what + " " + came + " for " + expected);
    }
  }

  private static byte[] token(PacketReader packet) {
    byte[] token = new byte[16];
    packet.bytes(token);
    return token;
  }

  private void resumed(PacketReader packet) {
    int position = (int) packet.i64();
    token = token(packet);
    times++;
    connection = resuming;
    resuming = null;
    connection.accept(ByteBufUtil.getBytes(said, position, said.writerIndex() - position));
  }

  // ---- what is to be seen of it ----------------------------------------------------------------

  byte[] token() {
    return token;
  }

  /** How many bytes of whole packets it has got. */
  long got() {
    return got;
  }

  long tick() {
    return tick;
  }

  /** Whether the host has told it what it has, by the connection of now. */
  boolean isIn() {
    return connection != null && token != null;
  }

  /** Whether all that it has said has come back. */
  boolean hasHeardAll() {
    return heard == next;
  }

  boolean isRefused() {
    return refused;
  }

  /** How often it has come back. */
  int times() {
    return times;
  }

  /** What was sent in a way that may be left out. */
  List<String> late() {
    return late;
  }

  List<String> wrong() {
    return wrong;
  }
}

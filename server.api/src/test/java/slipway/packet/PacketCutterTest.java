package slipway.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacketCutterTest {

  private static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;
  private static final int MAX = 300;

  private final List<String> packets = new ArrayList<>();

  static Stream<PacketFormat> formats() {
    return Stream.of(
        PacketFormat.lan(MAX),
        PacketFormat.net(0x77, PacketCodec.plain(), MAX),
        PacketFormat.net(0x77, PacketCodec.xor2(0x32, 0x84), MAX),
        PacketFormat.net(0x77, PacketCodec.chained(0x32), MAX),
        PacketFormat.net(0x77, PacketCodec.chainedLength8(0x32), MAX));
  }

  private final PacketReader reader = new PacketReader();

  private static PacketCutter cutter(PacketFormat format) {
    return new PacketCutter(format, ALLOCATOR);
  }

  /** Takes all packets that are whole. */
  private void cut(PacketCutter cutter, ByteBuf piece) {
    cutter.add(piece);
    try {
      while (cutter.next(reader)) {
        take();
      }
      cutter.settle();
    } catch (PacketException wrong) {
      cutter.close();
      throw wrong;
    }
  }

  private void take() {
    byte[] bytes = new byte[reader.remaining()];
    reader.bytes(bytes);
    packets.add(HexFormat.of().formatHex(bytes));
  }

  private static byte[] payload(int length, SplittableRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] packet(PacketFormat format, byte[] payload) {
    try (Packet packet = PacketBuilder.of(ALLOCATOR).bytes(payload).build()) {
      ByteBuf encoded = packet.encoded(format).slice();
      byte[] bytes = new byte[encoded.readableBytes()];
      encoded.readBytes(bytes).release();
      return bytes;
    }
  }

  private static byte[] join(List<byte[]> parts) {
    ByteBuf all = Unpooled.buffer();
    parts.forEach(all::writeBytes);
    return Arrays.copyOf(all.array(), all.readableBytes());
  }

  private static ByteBuf piece(byte[] bytes, int from, int to) {
    return ALLOCATOR.buffer(Math.max(1, to - from)).writeBytes(bytes, from, to - from);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void packetsAreTheSameWhereverTheStreamIsSplit(PacketFormat format) {
    SplittableRandom random = new SplittableRandom(7);
    List<byte[]> payloads =
        Stream.of(0, 1, 17, 255, 0, MAX).map(length -> payload(length, random)).toList();
    byte[] stream = join(payloads.stream().map(each -> packet(format, each)).toList());
    List<String> expected = payloads.stream().map(HexFormat.of()::formatHex).toList();
    for (int split = 0; split <= stream.length; split++) {
      packets.clear();
      PacketCutter cutter = cutter(format);
      cut(cutter, piece(stream, 0, split));
      cut(cutter, piece(stream, split, stream.length));
      assertThat(packets).as("split at %d", split).isEqualTo(expected);
      assertThat(cutter.kept()).isZero();
    }
    packets.clear();
    PacketCutter cutter = cutter(format);
    for (int i = 0; i < stream.length; i++) {
      cut(cutter, piece(stream, i, i + 1));
    }
    assertThat(packets).as("byte by byte").isEqualTo(expected);
  }

  /** As one whose peer has to wait is, at any place and as often. */
  @ParameterizedTest
  @MethodSource("formats")
  void packetsThatAreNotTakenAtOnceAreTakenLater(PacketFormat format) {
    SplittableRandom random = new SplittableRandom(3);
    List<byte[]> payloads =
        Stream.of(0, 1, 40, 0, 7).map(length -> payload(length, random)).toList();
    byte[] stream = join(payloads.stream().map(each -> packet(format, each)).toList());
    List<String> expected = payloads.stream().map(HexFormat.of()::formatHex).toList();
    for (int split = 0; split <= stream.length; split++) {
      for (int taken = 0; taken <= payloads.size(); taken++) {
        packets.clear();
        PacketCutter cutter = cutter(format);
        cutter.add(piece(stream, 0, split));
        while (packets.size() < taken && cutter.next(reader)) {
          take();
        }
        cut(cutter, piece(stream, split, stream.length));
        assertThat(packets).as("split at %d, %d taken", split, taken).isEqualTo(expected);
        assertThat(cutter.kept()).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anotherCutterGoesOnInTheMiddleOfAPacket(PacketFormat format) {
    byte[] first = packet(format, payload(50, new SplittableRandom(1)));
    byte[] sent = join(List.of(first, packet(format, payload(9, new SplittableRandom(2)))));
    for (int split = 0; split < sent.length; split++) {
      packets.clear();
      PacketCutter before = cutter(format);
      before.add(piece(sent, 0, split));
      if (before.next(reader)) {
        take();
      }
      PacketCutter after = cutter(format);
      ByteBuf rest = before.takeRest();
      assertThat(rest.readableBytes())
          .isEqualTo(split < first.length ? split : split - first.length);
      cut(after, rest);
      cut(after, piece(sent, split, sent.length));
      assertThat(packets).hasSize(2);
      before.add(piece(sent, 0, sent.length));
      assertThat(before.next(reader)).as("it is closed").isFalse();
    }
  }

  @Test
  void aWrongCodeIsRefusedAtItsFirstByteAndALengthAtItsLast() {
    PacketFormat net = PacketFormat.net(0x77, PacketCodec.plain(), MAX);
    PacketFormat lan = PacketFormat.lan(MAX);
    refuses(net, PacketException.BAD_CODE, 0x78);
    PacketCutter waits = cutter(net);
    cut(waits, Unpooled.copiedBuffer(new byte[] {0x77, (byte) 0xff}));
    waits.close();
    refuses(net, PacketException.BAD_LENGTH, 0x77, 0x2d, 1);
    refuses(lan, PacketException.BAD_LENGTH, 0x2d, 1);
    refuses(net, PacketException.BAD_CHECKSUM, 0x77, 1, 0, 0, 9, 8);
  }

  private void refuses(PacketFormat format, PacketException expected, int... bytes) {
    ByteBuf piece = Unpooled.buffer();
    for (int each : bytes) {
      piece.writeByte(each);
    }
    assertThatThrownBy(() -> cut(cutter(format), piece)).isSameAs(expected);
  }

  @Test
  void whatIsBehindAPacketThatIsWrongIsNotGiven() {
    PacketFormat format = PacketFormat.lan(MAX);
    PacketCutter cutter = cutter(format);
    byte[] good = packet(format, new byte[] {1});
    byte[] stream = join(List.of(good, new byte[] {-1, -1}, packet(format, new byte[] {2})));
    assertThatThrownBy(() -> cut(cutter, piece(stream, 0, stream.length)))
        .isSameAs(PacketException.BAD_LENGTH);
    assertThat(packets).containsExactly("01");
    cut(cutter, piece(stream, 0, 3));
    assertThat(packets).containsExactly("01");
  }

  @Test
  void bytesThatMayNotBeChangedAreCopied() {
    PacketFormat format = PacketFormat.net(0x77, PacketCodec.chained(0x32), MAX);
    byte[] stream = packet(format, new byte[] {1, 2, 3});
    ByteBuf fixed = Unpooled.copiedBuffer(stream).asReadOnly();
    cut(cutter(format), fixed);
    assertThat(packets).containsExactly("010203");
    assertThat(fixed.refCnt()).isZero();
  }

  /** Streams of packets in which bytes are changed, left out or put in, in pieces of any length. */
  @ParameterizedTest
  @MethodSource("formats")
  void rubbishIsRefusedByOneOfTheReasonsAndNothingElse(PacketFormat format) {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 4000; round++) {
      byte[] stream = rubbish(format, random);
      PacketCutter cutter = cutter(format);
      packets.clear();
      int at = 0;
      try {
        while (at < stream.length) {
          int to = Math.min(stream.length, at + random.nextInt(1, 80));
          cut(cutter, piece(stream, at, to));
          at = to;
        }
        assertThat(cutter.kept()).isLessThan(MAX + 5);
        cutter.close();
      } catch (PacketException refused) {
        assertThat(refused.end())
            .isIn(PacketEnd.BAD_CODE, PacketEnd.BAD_LENGTH, PacketEnd.BAD_CHECKSUM);
      } catch (RuntimeException other) {
        throw new AssertionError("seed " + seed + ", round " + round, other);
      }
    }
  }

  private static byte[] rubbish(PacketFormat format, SplittableRandom random) {
    List<byte[]> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      parts.add(packet(format, payload(random.nextInt(MAX + 1), random)));
    }
    if (random.nextBoolean()) {
      parts.add(random.nextInt(parts.size() + 1), payload(random.nextInt(20), random));
    }
    byte[] stream = join(parts);
    for (int i = random.nextInt(3); i > 0 && stream.length > 0; i--) {
      stream[random.nextInt(stream.length)] = (byte) random.nextInt();
    }
    return stream;
  }
}

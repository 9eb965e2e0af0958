package slipway.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The fields of packets, and packets that go to many. */
class PacketTest {

  private static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;
  private static final PacketFormat LAN = PacketFormat.lan(2000);
  private static final PacketFormat NET =
      PacketFormat.net(0x77, PacketCodec.chained(0x32), PacketFormat.LONGEST);
  private static final PacketFormat XOR = PacketFormat.net(0x78, PacketCodec.xor2(1, 2), 2000);

  private final PacketReader reader = new PacketReader();

  private static PacketBuilder writer() {
    return PacketBuilder.of(ALLOCATOR);
  }

  /** What a peer reads, which has the packet in one piece. */
  private PacketReader received(Packet packet, PacketFormat format) {
    ByteBuf copy = Unpooled.buffer();
    packet.encoded(format).copyTo(copy);
    int size = format.size(copy, 0, copy.readableBytes());
    assertThat(size).isEqualTo(copy.readableBytes());
    format.decode(copy, 0, size);
    reader.open(copy, format.header(), size - format.header());
    return reader;
  }

  private PacketReader read(PacketBuilder writer) {
    try (Packet packet = writer.build()) {
      return received(packet, NET);
    }
  }

  @Test
  void numbersAreReadAsTheyWereWritten() {
    PacketReader numbers =
        read(
            writer()
                .i8(-128)
                .u8(255)
                .i16(-32_768)
                .u16(65_535)
                .i32(Integer.MIN_VALUE)
                .u32(0xffff_ffffL)
                .i64(Long.MIN_VALUE)
                .f32(1.5f)
                .f64(-0.1));
    assertThat(numbers.remaining()).isEqualTo(34);
    assertThat(numbers.i8()).isEqualTo(Byte.MIN_VALUE);
    assertThat(numbers.u8()).isEqualTo(255);
    assertThat(numbers.i16()).isEqualTo(Short.MIN_VALUE);
    assertThat(numbers.u16()).isEqualTo(65_535);
    assertThat(numbers.i32()).isEqualTo(Integer.MIN_VALUE);
    assertThat(numbers.u32()).isEqualTo(0xffff_ffffL);
    assertThat(numbers.i64()).isEqualTo(Long.MIN_VALUE);
    assertThat(numbers.f32()).isEqualTo(1.5f);
    assertThat(numbers.f64()).isEqualTo(-0.1);
    numbers.end();
  }

  @Test
  void numbersAreInLittleEndian() {
    try (Packet packet = PacketBuilder.of(ALLOCATOR, 5000).i32(0x01020304).i64(7).build()) {
      ByteBuf sent = packet.encoded(LAN).slice();
      assertThat(ByteBufUtil.hexDump(sent)).isEqualTo("0e008813040302010700000000000000");
      sent.release();
    }
  }

  @Test
  void textsAreReadAsTheyWereWritten() {
    PacketReader texts =
        read(writer().utf8("né😀").utf16("한글", 4).utf16("full", 4).bytes(new byte[] {1, 2, 3}));
    assertThat(texts.utf8(7)).isEqualTo("né😀");
    assertThat(texts.utf16(4)).isEqualTo("한글");
    assertThat(texts.utf16(4)).isEqualTo("full");
    ByteBuf rest = Unpooled.buffer();
    texts.skip(1);
    texts.bytes(rest, 2);
    assertThat(ByteBufUtil.hexDump(rest)).isEqualTo("0203");
    texts.end();
  }

  @Test
  void textThatIsNotUtf8IsABadPacket() {
    PacketReader text = read(writer().bytes(new byte[] {(byte) 0xc3, (byte) 0x28}));
    assertThatThrownBy(() -> text.utf8(2)).isSameAs(PacketException.BAD_PACKET);
  }

  @Test
  void readingPastTheEndIsABadPacketAndSoIsARest() {
    PacketReader short3 = read(writer().bytes(new byte[3]));
    assertThatThrownBy(short3::i32).isSameAs(PacketException.BAD_PACKET);
    assertThatThrownBy(short3::i64).isSameAs(PacketException.BAD_PACKET);
    assertThatThrownBy(() -> short3.utf8(4)).isSameAs(PacketException.BAD_PACKET);
    assertThatThrownBy(() -> short3.utf8(-1)).isSameAs(PacketException.BAD_PACKET);
    assertThatThrownBy(() -> short3.utf16(2)).isSameAs(PacketException.BAD_PACKET);
    assertThatThrownBy(() -> short3.utf16(Integer.MAX_VALUE)).isSameAs(PacketException.BAD_PACKET);
    assertThatThrownBy(() -> short3.bytes(new byte[4])).isSameAs(PacketException.BAD_PACKET);
    assertThatThrownBy(() -> short3.skip(4)).isSameAs(PacketException.BAD_PACKET);
    assertThatThrownBy(short3::end).isSameAs(PacketException.BAD_PACKET);
    short3.skip(3);
    short3.end();
    assertThatThrownBy(short3::u8).isSameAs(PacketException.BAD_PACKET);
    assertThat(short3.unknownType().end()).isEqualTo(PacketEnd.UNKNOWN_TYPE);
  }

  @Test
  void whatDoesNotFitInAFieldIsRefused() {
    try (PacketBuilder writer = writer()) {
      assertThatThrownBy(() -> writer.u8(256)).hasMessage("256: allowed is 0 to 255");
      assertThatThrownBy(() -> writer.i8(128)).hasMessage("128: allowed is -128 to 127");
      assertThatThrownBy(() -> writer.i16(40_000)).hasMessageContaining("40000");
      assertThatThrownBy(() -> writer.u16(-1)).hasMessageContaining("-1");
      assertThatThrownBy(() -> writer.u32(-1)).hasMessageContaining("4294967295");
      assertThatThrownBy(() -> writer.utf16("five!", 4)).hasMessageContaining("5 chars");
      writer.bytes(new byte[PacketFormat.LONGEST - 3]);
      assertThatThrownBy(() -> writer.i32(1)).hasMessageContaining("65535");
      writer.i16(1).i8(1);
      assertThatThrownBy(() -> writer.i8(1)).hasMessageContaining("65535");
    }
  }

  @Test
  void aWriterIsBuiltOnce() {
    PacketBuilder writer = writer().i8(1);
    try (Packet packet = writer.build()) {
      assertThat(packet.size()).isEqualTo(1);
      assertThatThrownBy(writer::build).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> writer.i8(1)).isInstanceOf(IllegalStateException.class);
      writer.close();
    }
  }

  @Test
  void aPacketIsEncodedOnceForAllPeersOfAFormat() {
    Packet packet = writer().utf8("to all").build();
    Encoded first = packet.encoded(NET);
    assertThat(packet.encoded(PacketFormat.net(0x77, PacketCodec.chained(0x32), 65_535)))
        .isSameAs(first);
    ByteBuf sent = first.slice();
    packet.close();
    packet.close();
    assertThat(ByteBufUtil.hexDump(sent)).as("it is on its way").startsWith("77");
    sent.release();
    assertThatThrownBy(() -> packet.encoded(NET)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void peersOfAllFormatsGetTheSamePayloadWhateverTheirOrder() {
    for (PacketFormat[] order :
        new PacketFormat[][] {{LAN, NET, XOR, NET}, {NET, XOR, LAN}, {XOR, LAN, NET, LAN, XOR}}) {
      try (Packet packet = writer().u16(5004).utf8("payload").build()) {
        for (PacketFormat format : order) {
          PacketReader payload = received(packet, format);
          assertThat(payload.u16()).isEqualTo(5004);
          assertThat(payload.utf8(7)).isEqualTo("payload");
          payload.end();
        }
      }
    }
  }

  @Test
  void aPacketThatIsTooLongForAFormatIsRefused() {
    try (Packet packet = writer().bytes(new byte[2001]).build()) {
      assertThatThrownBy(() -> packet.encoded(LAN))
          .hasMessage("a packet of 2001 bytes: allowed is up to 2000");
      assertThat(packet.encoded(NET).size()).isEqualTo(2006);
    }
  }

  /** Counts what this thread allocates, once the compiler has settled. */
  @Test
  void cuttingAndReadingAllocateNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    ByteBuf packets = new UnpooledByteBufAllocator(true, true).directBuffer();
    for (int i = 0; i < 100; i++) {
      try (Packet packet = PacketBuilder.of(ALLOCATOR, 5000).i64(i).i64(7).build()) {
        packet.encoded(NET).copyTo(packets);
      }
    }
    byte[] clear = ByteBufUtil.getBytes(packets);
    long sum = 0;
    PacketCutter cutter = new PacketCutter(NET, ALLOCATOR);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 50; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int read = 0; read < 200; read++) {
        packets.setBytes(0, clear); // as decoding has changed them
        packets.setIndex(0, clear.length);
        cutter.add(packets.retain());
        while (cutter.next(reader)) {
          sum += reader.u16() + reader.i64() + reader.i64();
          reader.end();
        }
        cutter.settle();
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    packets.release();
    assertThat(sum).isEqualTo(50 * 200 * (100 * 5007L + 4950));
    assertThat(least).as("bytes for 20,000 packets").isLessThan(20_000);
  }
}

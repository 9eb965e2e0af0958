package slipway.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Packets that are sent to many leave as they are if they leave alone, and in their order. */
class PacketOutputTest {

  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private final ChannelHandlerContext context = channel.pipeline().firstContext();
  private final PacketOutput output =
      new PacketOutput(context, new Outbox(context, 1000, null, () -> {}));
  private final List<Packet> packets = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    List<Encoded> all = packets.stream().map(PacketOutputTest::lan).toList();
    output.close();
    channel.finishAndReleaseAll();
    packets.forEach(Packet::close);
    all.forEach(encoded -> assertThat(encoded.bytes().refCnt()).isZero());
  }

  private static Encoded lan(Packet packet) {
    return packet.encoded(PacketFormat.lan(2000));
  }

  private void toMany(String text) {
    Packet packet = PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT).utf8(text).build();
    packets.add(packet);
    output.send(lan(packet));
  }

  private void own(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.begin().writeShortLE(bytes.length).writeBytes(bytes);
    output.end();
  }

  /** The payloads, a text for each write. */
  private List<String> written() {
    List<String> all = new ArrayList<>();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      StringBuilder write = new StringBuilder();
      while (bytes.isReadable()) {
        int length = bytes.readUnsignedShortLE();
        write.append(bytes.readCharSequence(length, StandardCharsets.UTF_8)).append('|');
      }
      bytes.release();
      all.add(write.toString());
    }
    return all;
  }

  @Test
  void onePacketLeavesInTheBufferThatAllShare() {
    toMany("all");
    assertThat(output.waiting()).isEqualTo(5);
    output.flush();
    ByteBuf written = channel.readOutbound();
    Encoded shared = lan(packets.getFirst());
    assertThat(written.memoryAddress()).isEqualTo(shared.bytes().memoryAddress() + shared.from());
    written.release();
    assertThat(output.packets()).isOne();
    assertThat(output.waiting()).isZero();
  }

  @Test
  void severalPacketsLeaveInOneWriteAndInTheirOrder() {
    toMany("one");
    toMany("two");
    toMany("three");
    output.flush();
    assertThat(written()).containsExactly("one|two|three|");
    assertThat(output.packets()).isEqualTo(3);
  }

  @Test
  void packetsOfItsOwnKeepTheirPlaces() {
    own("a");
    toMany("one");
    own("b");
    output.flush();
    toMany("two");
    own("c");
    output.flush();
    toMany("three");
    output.flush();
    assertThat(written()).containsExactly("a|one|b|", "two|c|", "three|");
  }

  @Test
  void aLongOneGoesBehindTheOneThatIsShared() {
    toMany("one");
    toMany("x".repeat(1500));
    toMany("two");
    output.flush();
    assertThat(written()).containsExactly("one|", "x".repeat(1500) + "|", "two|");
  }

  @Test
  void aSharedPacketLeavesBeforeTheEndAndIsDroppedBehindIt() {
    toMany("last");
    output.finish();
    toMany("late");
    output.flush();
    assertThat(written()).containsExactly("last|");
  }

  @Test
  void aSharedPacketThatWasNotFlushedIsReleasedWithTheOutput() {
    toMany("never");
    output.close();
    toMany("late");
    output.flush();
    assertThat(written()).isEmpty();
  }

  @Test
  void whatIsGivenUpHasTheSharedPacketInIt() {
    toMany("passed on");
    output.hold();
    toMany("too");
    List<Waiting> given = output.giveUp();
    given.forEach(waiting -> waiting.bytes().release());
    assertThat(given).hasSize(1);
    assertThat(written()).containsExactly("passed on|");
  }
}

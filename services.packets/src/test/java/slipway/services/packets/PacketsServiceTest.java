package slipway.services.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.packet.PacketCodec;
import slipway.packet.PacketEnd;
import slipway.packet.PacketFormat;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.service.Service;
import slipway.testkit.HandOffs;
import slipway.testkit.OwnClasses;
import slipway.testkit.TestHost;

class PacketsServiceTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-01-02T12:00:00Z"));
  private static final String ECHO = "8813 0700000000000000 8877665544332211";
  private static final String ECHOED = "891307000000000000008877665544332211";

  /** 1,767,355,200,000 milliseconds. */
  private static final String TIME = "8b130032947e9b010000";

  static Stream<PacketFormat> formats() {
    return Stream.of(
        PacketFormat.lan(2000),
        PacketFormat.net(0x77, PacketCodec.plain(), 2000),
        PacketFormat.net(0x77, PacketCodec.xor2(0x32, 0x84), 2000),
        PacketFormat.net(0x77, PacketCodec.chained(0x32), 2000),
        PacketFormat.net(0x77, PacketCodec.chainedLength8(0x32), 2000));
  }

  private static Packets packets(PacketFormat format) {
    return new Packets(connection -> PacketSettings.usual(format));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whatIsSentIsEchoedAndTheTimeIsTold(PacketFormat format) {
    try (TestHost host = new TestHost("packets", new PacketsService(packets(format), NOON))) {
      Client client = new Client(host.connect(), format);
      client.send(ECHO + "0102");
      assertThat(client.received()).containsExactly(ECHOED + "0102");
      client.send(ECHO, "8a13", ECHO);
      assertThat(client.received()).containsExactly(ECHOED, TIME, ECHOED);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whatIsPublishedReachesAllOthers(PacketFormat format) {
    try (TestHost host = new TestHost("packets", new PacketsService(packets(format), NOON))) {
      Client ann = new Client(host.connect(), format);
      Client bob = new Client(host.connect(), format);
      Client carl = new Client(host.connect(), format);
      ann.send("8c13 0300 010203");
      assertThat(bob.received()).containsExactly("8d130300010203");
      assertThat(carl.received()).containsExactly("8d130300010203");
      assertThat(ann.received()).isEmpty();
      carl.connection().close();
      bob.send("8c13 0000");
      assertThat(ann.received()).containsExactly("8d130000");
    }
  }

  @Test
  void aPacketThatIsWrongEndsItsSessionAlone() {
    PacketFormat format = PacketFormat.lan(2000);
    Packets packets = packets(format);
    try (TestHost host = new TestHost("packets", new PacketsService(packets, NOON))) {
      Client good = new Client(host.connect(), format);
      for (String wrong : List.of("8813 07", "8a13 00", "8c13 0400 010203", "8c13 0200 010203")) {
        Client bad = new Client(host.connect(), format);
        bad.send(ECHO, wrong, ECHO);
        assertThat(bad.received()).as("after %s", wrong).containsExactly(ECHOED);
        assertThat(bad.connection().isOpen()).isFalse();
      }
      Client unknown = new Client(host.connect(), format);
      unknown.send("0000");
      assertThat(unknown.connection().isOpen()).isFalse();
      assertThat(packets.sessions("packets").ended(PacketEnd.BAD_PACKET)).isEqualTo(4);
      assertThat(packets.sessions("packets").ended(PacketEnd.UNKNOWN_TYPE)).isOne();
      assertThat(packets.sessions("packets").count()).isOne();
      good.send(ECHO);
      assertThat(good.received()).containsExactly(ECHOED);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anotherVersionTakesOverAtEveryByte(PacketFormat format) throws Exception {
    Packets packets = packets(format);
    String answers =
        new HandOffs(() -> List.of(version(packets), version(packets), version(packets)))
            .saying(Client.bytes(format, ECHO, "8a13"))
            .saying(Client.bytes(format, ECHO))
            .hearing(heard -> payloads(format, heard))
            .atEveryByte();
    assertThat(answers).isEqualTo(ECHOED + "\n" + TIME + "\n" + ECHOED);
  }

  /** The bytes of a packet are not the same twice, as each has a key of its own. */
  private static String payloads(PacketFormat format, String heard) {
    return String.join(
        "\n", Client.packets(format, Unpooled.copiedBuffer(heard, StandardCharsets.ISO_8859_1)));
  }

  private static Service version(Packets packets) throws Exception {
    return OwnClasses.make(PacketsService.class, packets, NOON);
  }
}

package slipway.services.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.packet.PacketEnd;
import slipway.packet.PacketFormat;
import slipway.packet.PacketSessions;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

/**
 * Streams of packets in which bytes are changed, left out or put in, in pieces of any length. For
 * more of them than in each build, or those of another run, there are the system properties {@code
 * slipway.rubbish.streams} and {@code slipway.rubbish.seed}.
 */
class RubbishTest {

  private static final int STREAMS = Integer.getInteger("slipway.rubbish.streams", 1500);

  /** After so many streams, what one client has heard of all others is let go. */
  private static final int HEARD = 500;

  private static final String ECHO = "8813 0700000000000000 8877665544332211";
  private static final List<String> GOOD =
      List.of(ECHO, "8a13", "8c13 0300 010203", "8c13 0000", ECHO + "00".repeat(100));

  private final long seed = Long.getLong("slipway.rubbish.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  private byte[] stream(PacketFormat format) {
    String[] packets = new String[random.nextInt(1, 6)];
    Arrays.setAll(packets, i -> GOOD.get(random.nextInt(GOOD.size())));
    byte[] bytes = Client.bytes(format, packets);
    List<Byte> changed = new ArrayList<>();
    for (byte each : bytes) {
      switch (random.nextInt(60)) {
        case 0 -> changed.add((byte) random.nextInt());
        case 1 -> {} // left out
        case 2 -> {
          changed.add((byte) random.nextInt());
          changed.add(each);
        }
        default -> changed.add(each);
      }
    }
    byte[] stream = new byte[changed.size()];
    for (int i = 0; i < stream.length; i++) {
      stream[i] = changed.get(i);
    }
    return stream;
  }

  @ParameterizedTest
  @MethodSource("slipway.services.packets.PacketsServiceTest#formats")
  void eachStreamEndsItselfAloneAndForAReasonThatIsCounted(PacketFormat format) {
    Packets packets = new Packets(connection -> PacketSettings.usual(format));
    try (TestHost host =
        new TestHost("packets", new PacketsService(packets, InstantSource.system()))) {
      Client good = new Client(host.connect(), format);
      for (int i = 0; i < STREAMS; i++) {
        byte[] stream = stream(format);
        TestConnection bad = host.connect();
        for (int at = 0, to; at < stream.length; at = to) {
          to = Math.min(stream.length, at + random.nextInt(1, 60));
          bad.send(Arrays.copyOfRange(stream, at, to));
        }
        bad.close();
        if (i % HEARD == 0) {
          good.received(); // what the others have published
        }
      }
      PacketSessions sessions = packets.sessions("packets");
      assertThat(sessions.ended(PacketEnd.values())).as("seed %d", seed).isEqualTo(STREAMS);
      assertThat(
              sessions.ended(
                  PacketEnd.LEFT,
                  PacketEnd.BAD_CODE,
                  PacketEnd.BAD_LENGTH,
                  PacketEnd.BAD_CHECKSUM,
                  PacketEnd.BAD_PACKET,
                  PacketEnd.UNKNOWN_TYPE))
          .as("seed %d", seed)
          .isEqualTo(STREAMS);
      assertThat(sessions.count()).isOne();
      good.received();
      good.send(ECHO);
      assertThat(good.received()).hasSize(1);
    }
  }
}

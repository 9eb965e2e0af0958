package slipway.server.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketReader;
import slipway.packet.PacketService;
import slipway.packet.PacketSession;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.testkit.TestHost;

class EndsLogTest {

  private final Packets packets = new Packets(connection -> PacketSettings.usual());
  private final List<String> lines = new ArrayList<>();
  private final EndsLog log = new EndsLog(packets, lines::add);

  @Test
  void oneLineTellsWhatHasEndedSinceTheLastOne() {
    PacketService wantsTwoBytes =
        new PacketService(packets) {
          @Override
          protected void packet(PacketSession session, PacketReader packet) {
            packet.u16();
          }
        };
    try (TestHost host = new TestHost("two", wantsTwoBytes)) {
      log.run();
      host.connect().close();
      log.run();
      assertThat(lines).as("nothing out of the ordinary").isEmpty();
      for (int i = 0; i < 100; i++) {
        host.connect().send(new byte[] {-1, -1});
      }
      host.connect().send(new byte[] {1, 0, 7});
      log.run();
      assertThat(lines).containsExactly("two: sessions have ended: BAD_LENGTH 100, BAD_PACKET 1");
      log.run();
      assertThat(lines).hasSize(1);
      host.connect().send(new byte[] {1, 0, 7});
      log.run();
      assertThat(lines).last().isEqualTo("two: sessions have ended: BAD_PACKET 1");
    }
  }
}

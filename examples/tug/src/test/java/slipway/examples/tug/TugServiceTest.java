package slipway.examples.tug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketReader;
import slipway.server.world.WorldTester;
import slipway.testkit.TestPeer;

class TugServiceTest {

  private static TestPeer pulls(TestPeer player, int side) {
    return player.send(TestPeer.packet(Rope.PULL).i8(side));
  }

  private static int place(TestPeer player) {
    List<PacketReader> packets = player.received();
    PacketReader last = packets.getLast();
    assertThat(last.u16()).isEqualTo(Rope.PULLED);
    return last.i32();
  }

  @Test
  void theRopeGoesOnFromWhereItWas() {
    try (WorldTester tester = new WorldTester("tug")) {
      tester.open(new TugService(tester.packets(), tester.worlds()));
      TestPeer ann = tester.connect();
      TestPeer bob = tester.connect();
      pulls(pulls(ann, 1), 1);
      pulls(bob, -1);
      tester.frame();
      assertThat(place(ann)).isEqualTo(1);
      assertThat(place(bob)).isEqualTo(1);

      tester.checkSaves();
      tester.takeOver(new TugService(tester.packets(), tester.worlds()));
      pulls(ann, 1);
      tester.frame();
      assertThat(place(bob)).isEqualTo(2);
    }
  }
}

package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketReader;
import slipway.testkit.TestPeer;
import slipway.world.Frame;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;
import slipway.world.WorldSession;
import slipway.world.WorldSpec;

/** What tests of services of worlds are made with does what it says. */
class WorldTesterTest {

  private static final int COUNT = 1;
  private static final int LAPSE = 2;
  private static final int WORK = 3;

  private final WorldTester tester = new WorldTester("counting");

  @AfterEach
  void close() {
    tester.close();
  }

  /** Counts packets, and answers how many there were; may save one more than there were. */
  private static final class Counting implements World {
    private final WorldContext context;
    private int count;
    private boolean lapse;

    Counting(WorldContext context, int count) {
      this.context = context;
      this.count = count;
    }

    @Override
    public boolean join(WorldSession session, PacketReader ticket) {
      return true;
    }

    @Override
    public void packet(WorldSession session, PacketReader packet) {
      count++;
      switch (packet.u16()) {
        case LAPSE -> lapse = true;
        case WORK -> context.async("work", () -> new byte[] {9});
        default -> session.send(context.packet(COUNT).i32(count).build());
      }
    }

    @Override
    public void answer(String tag, PacketReader answer) {
      context.sendToAll(context.packet(WORK).i32(answer.u8()).build());
    }

    @Override
    public void update(Frame frame) {
      // nothing goes on by itself
    }

    @Override
    public void save(DataOutput out) throws IOException {
      out.writeInt(lapse ? count + 1 : count);
    }
  }

  private class Version extends WorldService {
    Version() {
      this(tester);
    }

    Version(WorldTester host) {
      super(host.packets(), host.worlds());
    }

    @Override
    public List<WorldSpec> worlds() {
      return List.of(WorldSpec.game("arena"));
    }

    @Override
    public World create(WorldContext context) {
      return new Counting(context, 0);
    }

    @Override
    public World load(WorldContext context, DataInput saved) throws Exception {
      Counting loaded = new Counting(context, saved.readInt());
      loaded.lapse = true;
      return loaded;
    }
  }

  private static List<Integer> numbers(TestPeer peer) {
    return peer.received().stream()
        .peek(packet -> packet.skip(Short.BYTES))
        .map(PacketReader::i32)
        .toList();
  }

  @Test
  void clientsAreServedInFrames() {
    tester.open(new Version());
    TestPeer ann = tester.connect();
    ann.send(TestPeer.packet(COUNT), TestPeer.packet(COUNT));
    assertThat(ann.received()).isEmpty();
    tester.frame();
    assertThat(numbers(ann)).containsExactly(1, 2);
  }

  @Test
  void workIsDoneWhenTheTestLetsIt() {
    tester.open(new Version());
    TestPeer ann = tester.connect();
    tester.work().hold();
    ann.send(TestPeer.packet(WORK));
    tester.frames(3);
    assertThat(ann.received()).isEmpty();
    tester.work().release();
    tester.frame();
    assertThat(numbers(ann)).containsExactly(9);
  }

  @Test
  void anotherVersionHasTheConnectionsInTheEnd() {
    tester.open(new Version());
    TestPeer ann = tester.connect();
    ann.send(TestPeer.packet(COUNT));
    tester.frame();
    tester.takeOver(new Version());
    ann.send(TestPeer.packet(COUNT));
    tester.frame();
    assertThat(numbers(ann)).containsExactly(1, 2);
    assertThat(ann.connection().version()).isEqualTo("2.0.0");
  }

  @Test
  void aVersionRehearses() {
    tester.open(new Version());
    TestPeer ann = tester.connect();
    ann.send(TestPeer.packet(COUNT));
    tester.frame();
    tester.rehearse(new Version());
    Version other =
        new Version() {
          @Override
          public World load(WorldContext context, DataInput saved) {
            throw new IllegalStateException("it is too old");
          }
        };
    assertThatThrownBy(() -> tester.rehearse(other))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("it is too old");
    assertThat(numbers(ann)).containsExactly(1);
  }

  @Test
  void worldsGoOnAfterARestartWithoutTheirSessions() {
    tester.open(new Version());
    TestPeer ann = tester.connect();
    ann.send(TestPeer.packet(COUNT));
    tester.frame();
    tester.restart(new Version());
    assertThat(ann.connection().isOpen()).isFalse();
    TestPeer bob = tester.connect();
    bob.send(TestPeer.packet(COUNT));
    tester.frame();
    assertThat(numbers(bob)).containsExactly(2);
  }

  @Test
  void aVersionThatCannotGoOnIsNamed() {
    tester.open(new Version());
    Version other =
        new Version() {
          @Override
          public World load(WorldContext context, DataInput saved) {
            throw new IllegalStateException("it is too old");
          }
        };
    assertThatThrownBy(() -> tester.takeOver(other))
        .isInstanceOf(AssertionError.class)
        .hasMessage("it cannot go on with world arena: it is too old");
    CompletableFuture<String> again = tester.beginToTakeOver(other);
    assertThat(again).isCompletedExceptionally();
  }

  @Test
  void theSameInputGivesTheSameFingerprint() {
    tester.open(new Version());
    TestPeer ann = tester.connect();
    tester.frame();
    String none = tester.fingerprint();
    ann.send(TestPeer.packet(COUNT));
    tester.frame();
    String one = tester.fingerprint();
    assertThat(one).isNotEqualTo(none);
    try (WorldTester other = new WorldTester("counting")) {
      other.open(new Version(other));
      other.connect().send(TestPeer.packet(COUNT));
      other.frame();
      assertThat(other.fingerprint()).isEqualTo(one);
    }
  }

  @Test
  void aWorldThatSavesSomethingElseIsFound() {
    tester.open(new Version());
    TestPeer ann = tester.connect();
    ann.send(TestPeer.packet(LAPSE));
    tester.frame();
    assertThatThrownBy(tester::checkSaves)
        .isInstanceOf(AssertionError.class)
        .hasMessage("world arena: saved again, it differs from byte 3 on (4 bytes, then 4)");
  }
}

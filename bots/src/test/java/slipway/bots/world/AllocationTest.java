package slipway.bots.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import slipway.bots.link.Target;
import slipway.bots.report.FirstFault;
import slipway.packet.PacketFormat;

/** What a player is told, and what it does, makes nothing in memory. */
class AllocationTest {

  private static final PacketFormat LAN = PacketFormat.lan(2000);
  private static final int WARM = 2000;
  private static final int FRAMES = 20_000;
  private static final int NEIGHBOURS = 20;
  private static final long SELF = 1;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ByteBuf bytes = Unpooled.buffer(1000);
  private final WorldTally tally = new WorldTally();
  private final Life life =
      new Life(
          1,
          new WorldPlan(
              new Target("127.0.0.1", 1),
              LAN,
              1,
              1,
              7,
              "bot",
              "secret",
              Duration.ZERO,
              Duration.ofMinutes(1),
              Duration.ofSeconds(1),
              new Mix(75, 25, 0),
              Duration.ofMinutes(1),
              Duration.ofMinutes(1),
              0,
              0,
              Duration.ZERO),
          tally,
          new FirstFault(),
          new SplittableRandom(5));

  private int frame;
  private int place = Place.of(500, 500);
  private int walks;
  private int says;
  private boolean taken = true;

  private void take() {
    int type = Incoming.type(bytes, 0, bytes.readableBytes());
    taken &= Incoming.isWhole(bytes, 0, bytes.readableBytes());
    taken &= life.packet(type, System.nanoTime(), bytes, 0, bytes.readableBytes());
    bytes.clear();
  }

  /** The player decides, is answered, and one of its neighbours comes and goes. */
  private void play() {
    frame++;
    Mix.Choice choice = life.choose();
    life.act(choice, bytes, System.nanoTime());
    int goal = bytes.getIntLE(bytes.writerIndex() - Integer.BYTES);
    bytes.clear();
    if (choice == Mix.Choice.WALK) {
      place = Place.within(goal);
      Incoming.writeGoal(bytes, walks++, place);
    } else {
      Incoming.writeSaid(bytes, SELF, says++);
    }
    take();
    bytes.writeShortLE(Incoming.CAME).writeLongLE(2).writeByte(0).writeIntLE(place);
    take();
    bytes.writeShortLE(Incoming.UPDATE).writeIntLE(frame).writeShortLE(NEIGHBOURS);
    for (int id = 1; id <= NEIGHBOURS; id++) {
      Incoming.writeEntry(bytes, id, place);
    }
    take();
    bytes.writeShortLE(Incoming.WENT).writeLongLE(2);
    take();
    life.check(System.nanoTime());
  }

  private void enter() {
    life.is(SELF);
    bytes.writeShortLE(Incoming.ZONE);
    Zone.FOREST.write(bytes);
    bytes.writeIntLE(frame).writeIntLE(place);
    life.enter(bytes, 0, bytes.readableBytes());
    bytes.clear();
    for (int id = 3; id <= NEIGHBOURS; id++) {
      bytes.writeShortLE(Incoming.CAME).writeLongLE(id).writeByte(0).writeIntLE(place);
      take();
    }
  }

  @Test
  void aFrameOfAPlayerMakesNothing() {
    enter();
    for (int i = 0; i < WARM; i++) {
      play();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < FRAMES; i++) {
      play();
    }
    long made = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(taken).isTrue();
    assertThat(tally.faults()).isZero();
    assertThat(made).isLessThan(FRAMES); // not even a byte a frame
  }
}

package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketReader;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.server.world.park.ParkFolder;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;
import slipway.thread.ControlThread;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;
import slipway.world.WorldSession;
import slipway.world.WorldSpec;

/**
 * Sessions that move between worlds of several loops, with real threads: what they say is heard
 * once and in its order, by whichever world they are in, and so is what they are told.
 */
class MovingTest {

  private static final int PLAYERS = 40;
  private static final int NUMBERS = 600;
  private static final String[] NAMES = {"a", "b", "c", "d"};

  private final Loops loops = Loops.started(new LoopsRule(2, Duration.ZERO));
  private final ScheduledExecutorService control = ControlThread.named("test-worlds");
  private final HostWorlds worlds =
      new HostWorlds(
          new WorldRules(),
          new ParkFolder(Path.of("not-there")),
          loops,
          control,
          rehearsals -> CompletableFuture.completedFuture(null),
          version -> new VersionName("play", ((Counts) version).version),
          System::nanoTime,
          Runnable::run);
  private final Packets packets = new Packets(connection -> PacketSettings.usual(TestWorlds.LAN));
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger joined = new AtomicInteger();
  private final AtomicInteger moved = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private final AtomicInteger released = new AtomicInteger();
  private final Random random = new Random(20261127);
  private TestHost host;

  /** Its worlds send each session's numbers back, and send it on after every third. */
  private final class Counts extends WorldService {
    private final String version;

    private Counts(String version) {
      super(packets, worlds);
      this.version = version;
    }

    @Override
    public List<WorldSpec> worlds() {
      List<WorldSpec> specs = new ArrayList<>();
      for (String name : NAMES) {
        specs.add(WorldSpec.game(name).fps(WorldSpec.MOST_FPS).packetsPerFrame(5));
      }
      return specs;
    }

    @Override
    public World create(WorldContext context) {
      return new Counting(context);
    }
  }

  private final class Counting implements World {
    private final WorldContext context;

    private Counting(WorldContext context) {
      this.context = context;
    }

    @Override
    public boolean join(WorldSession session, PacketReader ticket) {
      joined.incrementAndGet();
      session.attach(ticket.remaining() == 0 ? 0 : ticket.i32());
      return true;
    }

    @Override
    public void packet(WorldSession session, PacketReader packet) {
      int expected = session.attachment(Integer.class);
      int number = packet.i32();
      if (number != expected) {
        wrong.add(context.name() + ": " + number + " for " + expected);
      }
      session.send(context.packet(7).i32(number).build());
      session.attach(number + 1);
      if (number % 3 == 0) {
        String next = NAMES[(int) ((session.id() + number / 3) % NAMES.length)];
        session.moveTo(next, context.packet().i32(number + 1).payload());
      }
    }

    @Override
    public void update(Frame frame) {}

    @Override
    public void leave(WorldSession session, Leaving why) {
      (why == Leaving.GONE ? gone : moved).incrementAndGet();
    }

    @Override
    public void released(WorldSession session) {
      released.incrementAndGet();
    }
  }

  /** A client that counts. */
  private final class Player {
    private final TestConnection connection = host.connect();
    private final ByteBuf unread = Unpooled.buffer();
    private int said;
    private int heard;

    private void says(int numbers) {
      ByteBuf all = Unpooled.buffer();
      for (int last = Math.min(NUMBERS, said + numbers); said < last; said++) {
        all.writeShortLE(Integer.BYTES).writeIntLE(said);
      }
      byte[] bytes = new byte[all.readableBytes()];
      all.readBytes(bytes);
      connection.send(bytes);
    }

    private void hears() {
      unread.writeBytes(connection.receivedBytes());
      while (unread.readableBytes() >= 8) {
        unread.skipBytes(4);
        int number = unread.readIntLE();
        if (number != heard) {
          wrong.add("heard " + number + " for " + heard);
        }
        heard = number + 1;
      }
      unread.discardReadBytes();
    }
  }

  @BeforeEach
  void open() {
    Counts first = new Counts("1");
    worlds.ready(first).toCompletableFuture().join();
    host = new TestHost("play", first);
  }

  @AfterEach
  void close() {
    host.close();
    worlds.close();
  }

  /** Waits for what loops do, with or without a word to the event loop. */
  private void awaitLoops(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      host.run();
      Thread.onSpinWait();
    }
  }

  private int places() {
    return worlds.directory().entries().stream()
        .mapToInt(entry -> entry.world().places().taken())
        .sum();
  }

  @Test
  void nothingIsLostOrDoubledOrOutOfOrder() {
    count(() -> {});
  }

  @Test
  void loopsMayComeAndGoMeanwhile() {
    count(
        () -> {
          if (random.nextInt(50) == 0) {
            Duration spin = Duration.ofNanos(random.nextInt(100_000));
            worlds.change(new LoopsRule(1 + random.nextInt(4), spin));
          }
        });
    worlds.change(new LoopsRule(1, Duration.ZERO));
    awaitLoops(() -> places() == 0 && loops.all().size() == 1);
    assertThat(worlds.directory().entries())
        .allMatch(entry -> entry.world().status().is(WorldState.RUNNING));
  }

  private void count(Runnable meanwhile) {
    List<Player> players = new ArrayList<>();
    for (int each = 0; each < PLAYERS; each++) {
      players.add(new Player());
    }
    awaitLoops(
        () -> {
          meanwhile.run();
          players.forEach(player -> player.says(random.nextInt(9)));
          players.forEach(Player::hears);
          return players.stream().allMatch(player -> player.heard == NUMBERS);
        });
    assertThat(wrong).isEmpty();
    assertThat(moved.get()).isEqualTo(PLAYERS * NUMBERS / 3);
    players.forEach(player -> player.connection.close());
    awaitLoops(() -> released.get() == PLAYERS);
    assertThat(gone.get()).isEqualTo(PLAYERS);
    assertThat(places()).isZero();
  }

  @Test
  void whoeverIsClosedAtAnyMomentLeavesOnce() {
    List<Player> players = new ArrayList<>();
    AtomicInteger closed = new AtomicInteger();
    awaitLoops(
        () -> {
          if (players.size() < 10 * PLAYERS) {
            players.add(new Player());
          }
          for (Player player : players) {
            if (player.connection.isOpen()) {
              player.says(random.nextInt(9));
              if (random.nextInt(20) == 0) {
                player.connection.close();
                closed.incrementAndGet();
              }
            }
          }
          return closed.get() == 10 * PLAYERS;
        });
    awaitLoops(() -> places() == 0 && gone.get() == released.get());
    assertThat(wrong).isEmpty();
    assertThat(joined.get()).isEqualTo(moved.get() + gone.get());
  }
}

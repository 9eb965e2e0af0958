package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInput;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketReader;
import slipway.server.world.TestWorlds.Player;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldSession;
import slipway.world.WorldSpec;

/** A version tries a world that another one runs, and nobody sees anything of it. */
class RehearsalTest {

  private static final WorldSpec ARENA = WorldSpec.game("arena");
  private final TestWorlds test = new TestWorlds();
  private final List<String> rehearsed = new CopyOnWriteArrayList<>();
  private Player ann;

  @BeforeEach
  void open() {
    test.open(ARENA);
    ann = test.player();
    ann.says("one");
    test.frame();
    test.notes.taken();
    test.rehearse();
  }

  @AfterEach
  void close() {
    test.close();
  }

  /** Does as a test says, in its rehearsal. */
  private class Candidate extends TestWorlds.Version {
    private Candidate() {
      test.super("v2", ARENA);
    }

    @Override
    public World load(WorldContext context, DataInput saved) throws Exception {
      rehearsed.add("load of " + context.sessions().size());
      return new World() {
        @Override
        public boolean join(WorldSession session, PacketReader ticket) {
          rehearsed.add("join " + session.mode());
          return true;
        }

        @Override
        public void packet(WorldSession session, PacketReader packet) throws Exception {
          String text = packet.utf8(packet.remaining());
          rehearsed.add(text + " " + session.send(context.packet(7).utf8(text).build()));
          Candidate.this.packet(text);
        }

        @Override
        public void update(Frame frame) throws Exception {
          assertThat(frame.rehearsal()).isTrue();
          Candidate.this.update(context);
        }

        @Override
        public void leave(WorldSession session, Leaving why) {
          rehearsed.add("leave " + why);
        }
      };
    }

    void packet(String text) throws Exception {
      // as most do
    }

    void update(WorldContext context) throws Exception {
      // as most do
    }
  }

  /** Frames until it is known what came of it. */
  private String outcome(Candidate candidate) {
    CompletableFuture<Void> ready = test.worlds.ready(candidate).toCompletableFuture();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    int frames = 0;
    while (!ready.isDone()) {
      assertThat(System.nanoTime() - end).isNegative();
      if (rehearsed.isEmpty()) { // it loads, and hears of each frame from then on
        test.run();
      } else {
        frames++;
        play(frames);
        test.frame();
      }
      Thread.onSpinWait();
    }
    return ready.isCompletedExceptionally() ? ready.exceptionNow().getMessage() : "ready";
  }

  private void play(int frames) {
    switch (frames) {
      case 3 -> ann.says("two");
      case 5 -> test.player().says("hello", "end");
      default -> {
        // nobody says anything
      }
    }
  }

  @Test
  void aVersionIsToldWhatTheOneThatRunsTheWorldIsTold() {
    assertThat(outcome(new Candidate())).isEqualTo("ready");
    assertThat(rehearsed)
        .containsExactly(
            "load of 1", "two true", "join GAME", "hello true", "end true", "leave GONE");
    assertThat(test.notes.taken())
        .startsWith("arena v1: two 2", "arena v1: join GAME", "arena v1: hello 1")
        .noneMatch(line -> line.contains("v2"));
    assertThat(ann.heard()).isEmpty();
    assertThat(test.world("arena").status().story().rehearsed())
        .isEqualTo(new Rehearsed("v2", 1, 50, 16, 0, 0));
  }

  @Test
  void aVersionThatCannotLoadIsRefused() {
    assertThat(
            outcome(
                new Candidate() {
                  @Override
                  public World load(WorldContext context, DataInput saved) {
                    throw new NoClassDefFoundError("game/Sword");
                  }
                }))
        .isEqualTo("world arena: it cannot load it: game/Sword");
    ann.says("still here");
    test.frame();
    assertThat(test.notes.taken()).containsExactly("arena v1: still here 2");
  }

  @Test
  void aVersionThatFailsWithAPacketIsRefused() {
    assertThat(
            outcome(
                new Candidate() {
                  @Override
                  void packet(String text) {
                    throw new IllegalStateException("two is too much");
                  }
                }))
        .startsWith("world arena: its rehearsal fails with frame ")
        .endsWith(": two is too much");
    assertThat(ann.connection().isOpen()).isTrue();
  }

  @Test
  void aVersionThatIsTooSlowIsRefused() {
    assertThat(
            outcome(
                new Candidate() {
                  @Override
                  void update(WorldContext context) {
                    test.stopwatch.addAndGet(60_000_000);
                  }
                }))
        .isEqualTo("world arena: in its rehearsal a frame takes 60.0 ms, of 40.0 ms");
  }
}

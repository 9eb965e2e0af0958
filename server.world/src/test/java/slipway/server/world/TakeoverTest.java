package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketReader;
import slipway.server.world.TestWorlds.Player;
import slipway.world.Frame;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;
import slipway.world.WorldSession;
import slipway.world.WorldSpec;

/** Another version takes worlds over between two frames, with their sessions in place. */
class TakeoverTest {

  private static final WorldSpec ARENA = WorldSpec.game("arena");
  private static final WorldSpec ZOO = WorldSpec.game("zoo");
  private final TestWorlds test = new TestWorlds();

  @AfterEach
  void close() {
    test.close();
  }

  private static String outcome(CompletionStage<?> stage) {
    CompletableFuture<?> future = stage.toCompletableFuture();
    return !future.isDone()
        ? "under way"
        : future.isCompletedExceptionally() ? future.exceptionNow().getMessage() : "done";
  }

  /** A version whose world fails with its third frame. */
  private final class Failing extends TestWorlds.Version {
    private Failing() {
      test.super("v2", ARENA, ZOO);
    }

    @Override
    public World load(WorldContext context, DataInput saved) throws Exception {
      World noting = super.load(context, saved);
      if (context.name().equals("zoo")) {
        return noting;
      }
      return new World() {
        private int frames;

        @Override
        public boolean join(WorldSession session, PacketReader ticket) throws Exception {
          return noting.join(session, ticket);
        }

        @Override
        public void packet(WorldSession session, PacketReader packet) throws Exception {
          noting.packet(session, packet);
        }

        @Override
        public void update(Frame frame) {
          frames++;
          if (frames == 3) {
            throw new IllegalStateException("three is too much");
          }
        }
      };
    }
  }

  @Test
  void operatorsAreToldWhatAVersionGoesOnWith() {
    test.rehearse();
    TestWorlds.Version first = test.new Version("v1", ARENA, ZOO);
    assertThat(test.worlds.runs(first)).isEmpty();
    test.open(first);
    test.player();
    assertThat(test.worlds.runs(first)).isEqualTo("2 worlds with 1 session");
    TestWorlds.Version next = test.new Version("v2", ARENA, ZOO);
    CompletionStage<Void> ready = test.worlds.ready(next);
    while (!ready.toCompletableFuture().isDone()) {
      test.frame();
    }
    CompletionStage<String> taken = test.worlds.takeOver(next);
    test.frames(Probation.FRAMES + 1);
    assertThat(taken.toCompletableFuture())
        .isCompletedWithValue(
            "2 worlds with 1 session: save took at most 0.00 ms, load 0.00 ms; 100 frames were"
                + " rehearsed");
  }

  @Test
  void nothingIsToldIfThereWasNothingToGoOnWith() {
    CompletionStage<String> taken = test.worlds.takeOver(test.new Version("v1", ARENA));
    test.run();
    assertThat(taken.toCompletableFuture()).isCompletedWithValue("");
  }

  @Test
  void theWorldsOfAVersionThatStopsWhileItMakesThemAreClosed() {
    TestWorlds.Version first = test.new Version("v1", ARENA);
    CompletionStage<Void> ready = test.worlds.ready(first);
    CompletionStage<Void> stopped = test.worlds.stopped(version -> version == first);
    assertThat(outcome(stopped)).isEqualTo("under way");
    test.open(test.new Version("v2", ARENA)); // at once: it has to wait for the place
    assertThat(outcome(ready)).contains("it has stopped before its worlds were made");
    assertThat(outcome(stopped)).isEqualTo("done");
    test.player();
    assertThat(test.notes.taken()).containsExactly("arena v2: join GAME");
  }

  @Test
  void sessionsStayAndWhatTheWorldKnowsOfThem() {
    test.open(ARENA);
    Player ann = test.player();
    ann.says("one", "two");
    test.frame();
    TestWorlds.Version next = test.new Version("v2", ARENA);
    assertThat(outcome(test.worlds.ready(next))).isEqualTo("done");
    test.notes.taken();
    CompletionStage<String> taking = test.worlds.takeOver(next);
    ann.says("three");
    test.frame();
    assertThat(test.notes.taken()).containsExactly("arena v2: three 3");
    assertThat(outcome(taking)).isEqualTo("under way");
    test.frames(Probation.FRAMES);
    assertThat(outcome(taking)).isEqualTo("done");
    test.host().handOver(next);
    ann.says("echo four", "attached");
    test.frame();
    assertThat(test.notes.taken())
        .containsExactly("arena v2: echo four 4", "arena v2: attached 5", "arena v2: null");
    assertThat(ann.heard()).containsExactly("four");
    assertThat(ann.connection().version()).isEqualTo("2.0.0");
  }

  @Test
  void packetsThatWaitGoToTheNextVersionInTheirOrder() {
    test.open(ARENA.packetsPerFrame(1));
    Player ann = test.player();
    ann.says("a", "b", "c");
    test.frame();
    TestWorlds.Version next = test.new Version("v2", ARENA.packetsPerFrame(1));
    test.worlds.ready(next);
    test.worlds.takeOver(next);
    test.host().handOver(next);
    ann.says("d");
    test.frames(3);
    assertThat(test.notes.taken())
        .containsExactly(
            "arena v1: join GAME",
            "arena v1: a 1",
            "arena v2: b 2",
            "arena v2: c 3",
            "arena v2: d 4");
  }

  @Test
  void aFullInboxIsReadOnAfterTheTakeover() {
    test.open(ARENA.packetsPerFrame(1));
    Player ann = test.player();
    String long200 = "x".repeat(200);
    for (int each = 0; each < 100; each++) {
      ann.says(long200);
    }
    assertThat(ann.connection().isRead()).isFalse();
    TestWorlds.Version next = test.new Version("v2", ARENA);
    test.worlds.ready(next);
    test.worlds.takeOver(next);
    test.host().handOver(next);
    assertThat(ann.connection().isRead()).as("its inbox is full").isFalse();
    test.frames(110);
    assertThat(ann.connection().isRead()).isTrue();
    assertThat(test.notes.taken()).last().isEqualTo("arena v2: " + long200 + " 100");
  }

  @Test
  void framesGoOnWithTheirNumbers() {
    test.open(ARENA);
    test.frames(9);
    long before = test.world("arena").counts().totals().frames();
    TestWorlds.Version next = test.new Version("v2", ARENA);
    test.worlds.ready(next);
    test.worlds.takeOver(next);
    test.frames(5);
    assertThat(test.world("arena").counts().totals().frames()).isEqualTo(before + 5);
    assertThat(test.world("arena").counts().totals().skipped()).isZero();
  }

  @Test
  void aVersionThatLacksAWorldIsRefused() {
    test.open(ARENA, ZOO);
    assertThat(outcome(test.worlds.ready(test.new Version("v2", ARENA))))
        .isEqualTo("it has no world zoo, which runs; its worlds are [arena]");
  }

  @Test
  void aVersionThatCannotLoadLeavesAllWorldsWithTheOneBefore() {
    test.open(ARENA, ZOO);
    Player ann = test.player();
    WorldService next =
        test.new Version("v2", ARENA, ZOO) {
          @Override
          public World load(WorldContext context, DataInput saved) throws Exception {
            if (context.name().equals("zoo")) {
              throw new IllegalStateException("no cage");
            }
            return super.load(context, saved);
          }
        };
    test.worlds.ready(next);
    CompletionStage<String> taking = test.worlds.takeOver(next);
    test.run();
    assertThat(outcome(taking)).isEqualTo("it cannot go on with world zoo: no cage");
    test.notes.taken();
    ann.says("attached");
    test.frame();
    assertThat(test.notes.taken())
        .containsExactly("arena v1: attached 1", "arena v1: attached by arena v1: ");
  }

  @Test
  void aVersionThatFailsSoonGivesTheWorldBack() {
    test.open(ARENA, ZOO);
    Player ann = test.player();
    Player bob = test.player();
    Failing next = new Failing();
    test.worlds.ready(next);
    CompletionStage<String> taking = test.worlds.takeOver(next);
    test.frame();
    bob.connection().close();
    Player eve = test.player();
    test.notes.taken();
    test.frame();
    assertThat(outcome(taking)).isEqualTo("under way");
    test.frames(Probation.FRAMES);
    assertThat(outcome(taking)).isEqualTo("world arena: frame 3 has failed: three is too much");
    assertThat(test.notes.taken())
        .containsExactly("arena v1: leave GONE NONE", "arena v1: join GAME");
    ann.says("attached");
    eve.says("hello");
    test.frame();
    assertThat(test.notes.taken())
        .containsExactly(
            "arena v1: attached 1", "arena v1: attached by arena v1: ", "arena v1: hello 1");
    test.worlds.takeOver(test.world("arena").tenure().service());
    test.frames(Probation.FRAMES + 1);
    assertThat(test.world("zoo").tenure().version()).isEqualTo("v1");
  }

  /** Its connections move then, and may hold nothing of it. */
  @Test
  void worldsHaveLetAVersionGoWhenTheNextOneHasTakenOver() {
    test.open(ARENA, ZOO);
    TestWorlds.Version next = test.new Version("v2", ARENA, ZOO);
    test.worlds.ready(next);
    List<Boolean> onProbation = new ArrayList<>();
    test.worlds
        .takeOver(next)
        .thenRun(
            () -> {
              onProbation.add(test.world("arena").isOnProbation());
              onProbation.add(test.world("zoo").isOnProbation());
            });
    test.frame();
    assertThat(test.world("arena").isOnProbation()).isTrue();
    test.frames(Probation.FRAMES);
    assertThat(onProbation).containsExactly(false, false);
  }

  @Test
  void aWorldThatHasFailedIsMadeAnewByTheNextVersion() {
    test.open(ARENA);
    test.player().says("fail later");
    test.frame();
    assertThat(test.world("arena").status().state()).isEqualTo(WorldState.FAILED);
    TestWorlds.Version next = test.new Version("v2", ARENA);
    test.worlds.ready(next);
    test.worlds.takeOver(next);
    test.host().handOver(next);
    test.frames(2);
    test.notes.taken();
    test.player();
    assertThat(test.notes.taken()).containsExactly("arena v2: join GAME");
  }

  @Test
  void aVersionBringsWorldsThatWereNotThere() {
    test.open(ARENA);
    TestWorlds.Version next = test.new Version("v2", ARENA, ZOO);
    test.worlds.ready(next);
    CompletionStage<String> taking = test.worlds.takeOver(next);
    test.frames(Probation.FRAMES + 1);
    assertThat(outcome(taking)).isEqualTo("done");
    Player ann = test.player();
    ann.says("go zoo ann");
    test.frames(2);
    assertThat(test.notes.taken()).last().isEqualTo("zoo v2: join GAME with ann");
  }

  @Test
  void aVersionThatIsReadyOpensTheWorldsWhenTheOneBeforeHasStopped() {
    TestWorlds.Version first = test.new Version("v1", ARENA);
    test.open(first);
    TestWorlds.Version next = test.new Version("v2", ARENA);
    test.worlds.ready(next);
    test.worlds.stopped(version -> version == first);
    test.run();
    assertThat(test.world("arena").tenure().version()).isEqualTo("v2");
    assertThat(test.world("arena").status().state()).isEqualTo(WorldState.RUNNING);
  }
}

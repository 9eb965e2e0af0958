package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketEnd;
import slipway.server.world.TestWorlds.Player;
import slipway.world.Overrun;
import slipway.world.WorldSpec;

/** Sessions in worlds, frame by frame. */
class WorldsTest {

  private static final WorldSpec ARENA = WorldSpec.game("arena");
  private final TestWorlds test = new TestWorlds();

  @AfterEach
  void close() {
    test.close();
  }

  private long ended(PacketEnd why) {
    return test.packets.sessions("play").ended(why);
  }

  @Test
  void aSessionJoinsSaysSomethingAndLeaves() {
    test.open(ARENA);
    Player ann = test.player();
    ann.says("hello", "there");
    assertThat(test.notes.taken()).containsExactly("arena v1: join GAME");
    test.frame();
    assertThat(test.notes.taken()).containsExactly("arena v1: hello 1", "arena v1: there 2");
    ann.connection().close();
    test.frame();
    assertThat(test.notes.taken()).containsExactly("arena v1: leave GONE LOGOUT_IN_GAME");
    test.frame();
    assertThat(test.notes.taken()).containsExactly("arena v1: released NONE");
    assertThat(test.world("arena").places().taken()).isZero();
  }

  @Test
  void whatAWorldSendsGoesOutAtTheEndOfTheFrame() {
    test.open(ARENA);
    Player ann = test.player();
    Player bob = test.player();
    ann.says("echo one", "all two");
    assertThat(ann.heard()).isEmpty();
    test.frame();
    assertThat(ann.heard()).containsExactly("one", "two");
    assertThat(bob.heard()).containsExactly("two");
  }

  @Test
  void aNewSessionComesToTheWorldForLoggingInAndMovesOn() {
    test.open(ARENA, WorldSpec.auth("login"));
    Player ann = test.player();
    ann.says("echo last", "go arena ann", "first");
    test.frames(3);
    assertThat(test.notes.taken())
        .containsExactly(
            "login v1: join AUTH",
            "login v1: echo last 1",
            "login v1: go arena ann 2",
            "login v1: true",
            "login v1: leave MOVED AUTH_TO_GAME",
            "arena v1: join GAME with ann",
            "arena v1: first 1");
    assertThat(ann.heard()).containsExactly("last");
    assertThat(test.world("login").places().taken()).isZero();
    assertThat(test.world("arena").places().taken()).isEqualTo(1);
  }

  @Test
  void aSessionThatIsRefusedIsClosedAndNotToldToLeave() {
    test.open(ARENA, WorldSpec.auth("login"));
    Player ann = test.player();
    ann.says("go arena refuse");
    test.frames(3);
    assertThat(test.notes.taken()).last().isEqualTo("arena v1: join GAME with refuse");
    assertThat(ann.connection().isOpen()).isFalse();
    assertThat(ended(PacketEnd.REFUSED)).isEqualTo(1);
    assertThat(test.world("arena").places().taken()).isZero();
  }

  @Test
  void aSessionThatIsLostOnItsWayJoinsAndLeaves() {
    test.open(ARENA.fps(1), WorldSpec.auth("login"));
    Player ann = test.player();
    ann.says("go arena ann");
    test.frame();
    assertThat(test.notes.taken()).last().isEqualTo("login v1: leave MOVED AUTH_TO_GAME");
    ann.connection().close();
    test.frames(60);
    assertThat(test.notes.taken())
        .containsExactly(
            "arena v1: join GAME with ann",
            "arena v1: leave GONE LOGOUT_IN_GAME",
            "arena v1: released NONE");
    assertThat(test.world("arena").places().taken()).isZero();
  }

  @Test
  void aPacketThatIsTooLongEndsItsSessionAlone() {
    test.open(ARENA.packetsPerFrame(2));
    Player ann = test.player();
    Player bob = test.player();
    ann.says("echo " + "x".repeat(190));
    bob.says("long", "echo here");
    test.frame();
    assertThat(ann.heard()).containsExactly("x".repeat(190));
    assertThat(bob.connection().isOpen()).isFalse();
    assertThat(ann.connection().isOpen()).isTrue();
    assertThat(ended(PacketEnd.FAILED)).isEqualTo(1);
  }

  @Test
  void aWorldThatIsFullTakesNobody() {
    test.open(ARENA.maxSessions(1));
    test.player();
    Player bob = test.player();
    assertThat(bob.connection().isOpen()).isFalse();
    assertThat(ended(PacketEnd.FULL)).isEqualTo(1);
  }

  @Test
  void aClosedSessionGetsWhatItWasSentBefore() {
    test.open(ARENA);
    Player ann = test.player();
    ann.says("echo bye", "end", "more");
    test.frames(3);
    assertThat(ann.heard()).containsExactly("bye");
    assertThat(ann.connection().isOpen()).isFalse();
    assertThat(test.notes.taken())
        .containsExactly(
            "arena v1: join GAME",
            "arena v1: echo bye 1",
            "arena v1: end 2",
            "arena v1: leave GONE LOGOUT_IN_GAME",
            "arena v1: released NONE");
  }

  @Test
  void eachSessionGetsItsTurn() {
    test.open(ARENA.packetsPerFrame(2));
    Player ann = test.player();
    Player bob = test.player();
    test.notes.taken();
    ann.says("a", "b", "c", "d", "e");
    bob.says("x");
    test.frame();
    assertThat(test.notes.taken())
        .containsExactly("arena v1: a 1", "arena v1: b 2", "arena v1: x 1");
    bob.says("y");
    test.frame();
    assertThat(test.notes.taken())
        .containsExactly("arena v1: c 3", "arena v1: d 4", "arena v1: y 2");
    test.frames(2);
    assertThat(test.notes.taken()).containsExactly("arena v1: e 5");
  }

  @Test
  void aPacketThatFailsEndsItsSessionAlone() {
    test.open(ARENA);
    Player ann = test.player();
    Player bob = test.player();
    ann.says("fail");
    bob.says("echo here");
    test.frame();
    assertThat(bob.heard()).containsExactly("here");
    assertThat(ann.connection().isOpen()).isFalse();
    assertThat(ended(PacketEnd.FAILED)).isEqualTo(1);
  }

  @Test
  void anUpdateThatFailsStopsItsWorldAlone() {
    test.open(ARENA, WorldSpec.game("zoo"));
    Player ann = test.player();
    Player bob = test.player();
    bob.says("go zoo bob");
    test.frames(2);
    ann.says("fail later");
    test.frame();
    assertThat(test.world("arena").status().state()).isEqualTo(WorldState.FAILED);
    assertThat(test.world("arena").status().reason()).isEqualTo("told to");
    assertThat(ann.connection().isOpen()).isFalse();
    bob.says("echo here", "go arena x");
    test.notes.taken();
    test.frame();
    assertThat(bob.heard()).containsExactly("here");
    assertThat(test.notes.taken()).last().isEqualTo("zoo v1: false");
  }

  @Test
  void worldsTellEachOther() {
    test.open(ARENA, WorldSpec.game("zoo"));
    test.player().says("tell zoo hello", "tell none hello");
    test.frames(2);
    assertThat(test.notes.taken())
        .containsExactlyInAnyOrder(
            "arena v1: join GAME",
            "arena v1: tell zoo hello 1",
            "arena v1: true",
            "arena v1: tell none hello 2",
            "arena v1: false",
            "zoo v1: arena tells hello");
  }

  @Test
  void aSilentSessionIsClosed() {
    test.open(ARENA.heartbeat(Duration.ofSeconds(1)));
    Player ann = test.player();
    Player bob = test.player();
    for (int each = 0; each < 28; each++) {
      ann.says("here");
      test.frame();
    }
    assertThat(bob.connection().isOpen()).isFalse();
    assertThat(ann.connection().isOpen()).isTrue();
    assertThat(ended(PacketEnd.TIMEOUT)).isEqualTo(1);
  }

  @Test
  void framesThatAreLateAreLeftOutOrMadeUpFor() {
    test.open(
        ARENA,
        WorldSpec.game("catching").overrun(Overrun.catchUp(2)),
        WorldSpec.game("stretching").overrun(Overrun.stretch()));
    test.frame();
    test.notes.taken();
    test.pass(Duration.ofMillis(200));
    test.run();
    assertThat(test.notes.taken())
        .containsExactlyInAnyOrder("arena v1: missed 4 before 6", "catching v1: missed 2 before 4");
    assertThat(test.world("catching").counts().totals().frames()).isEqualTo(5);
    assertThat(test.world("stretching").counts().totals().frames()).isEqualTo(3);
  }

  @Test
  void aConfigurationHoldsFromTheNextFrameOn() {
    test.open(ARENA);
    test.player().says("a", "b", "c");
    test.notes.taken();
    test.rules.put(
        "arena",
        new WorldRule(
            Optional.of(50),
            Optional.of(1),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            false));
    test.pass(Duration.ofMillis(20));
    test.run();
    assertThat(test.notes.taken()).isEmpty();
    test.pass(Duration.ofMillis(20));
    test.run();
    assertThat(test.notes.taken()).containsExactly("arena v1: a 1");
    test.pass(Duration.ofMillis(20));
    test.run();
    assertThat(test.notes.taken()).containsExactly("arena v1: b 2");
  }

  @Test
  void worldsEndWithTheirVersion() {
    TestWorlds.Version only = test.new Version("v1", ARENA);
    test.open(only);
    Player ann = test.player();
    test.worlds.stopped(version -> version == only);
    test.frames(2);
    assertThat(ann.connection().isOpen()).isFalse();
    assertThat(test.world("arena")).isNull();
    assertThat(List.copyOf(test.worlds.directory().entries())).isEmpty();
  }
}

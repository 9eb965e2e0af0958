package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.packet.PacketReader;
import slipway.server.world.TestWorlds.Player;
import slipway.world.Frame;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;
import slipway.world.WorldSession;
import slipway.world.WorldSpec;

/** A world that is parked when its service stops goes on from there when it is started again. */
class ParkingTest {

  private static final WorldSpec ARENA = WorldSpec.game("arena");
  private static final WorldSpec ZOO = WorldSpec.game("zoo");

  @TempDir Path home;
  private final List<TestWorlds> hosts = new ArrayList<>();

  @AfterEach
  void close() {
    hosts.forEach(TestWorlds::close);
  }

  private Path folder() {
    return home.resolve("var/worlds");
  }

  private Path file() {
    return folder().resolve("arena.world");
  }

  private Path old() {
    return folder().resolve("arena.world.old");
  }

  /** A host whose world arena is parked. */
  private TestWorlds host() {
    TestWorlds host = new TestWorlds(folder());
    host.rules.put("arena", WorldRule.PARKED);
    hosts.add(host);
    return host;
  }

  /** A version that keeps, beside who has said what, how often it was updated. */
  private static WorldService version(TestWorlds host, String number, WorldSpec... specs) {
    return host.new Version(number, specs);
  }

  private static String outcome(TestWorlds host, WorldService version) {
    CompletableFuture<Void> ready = host.worlds.ready(version).toCompletableFuture();
    host.run();
    return ready.isCompletedExceptionally() ? ready.exceptionNow().getMessage() : "ready";
  }

  /** Stops all versions, and lets frames pass until their worlds have ended. */
  private static int stop(TestWorlds host) {
    CompletableFuture<Void> ended = host.worlds.stopped(version -> true);
    host.run();
    int frames = 0;
    while (!ended.isDone()) {
      host.frame();
      frames++;
      assertThat(frames).isLessThan(20);
    }
    return frames;
  }

  private void park() {
    TestWorlds host = host();
    host.open(ARENA);
    host.frames(9);
    stop(host);
    assertThat(file()).exists();
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  // ---- the end ---------------------------------------------------------------------------------

  @Test
  void sessionsLeaveBeforeAWorldIsParked() throws Exception {
    TestWorlds host = host();
    host.open(ARENA);
    Player ann = host.player();
    ann.says("one");
    host.frame();
    host.notes.taken();
    stop(host);
    assertThat(host.notes.taken()).startsWith("arena v1: leave GONE LOGOUT_IN_GAME");
    assertThat(ann.connection().isOpen()).isFalse();
    assertThat(host.world("arena")).isNull();
    assertThat(names(folder())).containsExactly("arena.world");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
  }

  @Test
  void aSessionThatIsOnItsWayIsToldToTheWorldAndLeavesIt() {
    TestWorlds host = host();
    host.open(ARENA, WorldSpec.auth("door")); // whose frame comes after that of the arena
    Player ann = host.player();
    ann.says("go arena ann");
    host.frame();
    host.notes.taken();
    host.worlds.stopped(version -> true);
    host.frame();
    assertThat(host.notes.taken())
        .startsWith("arena v1: join GAME with ann", "arena v1: leave GONE LOGOUT_IN_GAME");
  }

  @Test
  void workThatWasBegunIsOverBeforeAWorldIsParked() {
    TestWorlds host = host();
    host.open(
        ZOO, WorldSpec.auth("arena").packetsPerFrame(2)); // whose frame comes after that of the zoo
    host.player().says("work one", "tell zoo hello");
    host.frame();
    host.notes.taken();
    stop(host);
    assertThat(host.notes.taken()).contains("arena v1: one: one done", "zoo v1: arena tells hello");
  }

  @Test
  void nobodyComesInMeanwhile() {
    TestWorlds host = host();
    host.open(ARENA);
    host.worlds.stopped(version -> true);
    assertThat(host.host().connect().isOpen()).isFalse();
  }

  @Test
  void onlyAWorldThatIsToBeParkedIs() throws Exception {
    TestWorlds host = host();
    host.open(ARENA, ZOO);
    stop(host);
    assertThat(names(folder())).containsExactly("arena.world");
  }

  @Test
  void aWorldThatHasFailedIsNotParked() {
    TestWorlds host = host();
    host.open(ARENA);
    host.player().says("fail later");
    host.frame();
    stop(host);
    assertThat(file()).doesNotExist();
  }

  @Test
  void theEndOfTheHostParksToo() {
    TestWorlds host = host();
    host.open(ARENA);
    host.worlds.close();
    host.frames(3);
    assertThat(file()).exists();
  }

  // ---- the beginning ---------------------------------------------------------------------------

  @Test
  void theNextStartGoesOnWithTheNumbersOfTheFrames() {
    TestWorlds first = host();
    first.open(ARENA);
    first.frames(9);
    long last = first.world("arena").schedule().next();
    int more = stop(first);
    TestWorlds second = host();
    List<Long> numbers = new ArrayList<>();
    second.open(
        second.new Version("v2", ARENA) {
          @Override
          public World create(WorldContext context) {
            throw new IllegalStateException("it was parked");
          }

          @Override
          public World load(WorldContext context, DataInput saved) throws Exception {
            assertThat(context.sessions()).isEmpty();
            assertThat(saved.readInt()).as("sessions").isZero();
            return counting(numbers);
          }
        });
    second.frame();
    assertThat(numbers).startsWith(last + more);
    assertThat(second.world("arena").tenure().version()).isEqualTo("v2");
  }

  private static World counting(List<Long> numbers) {
    return new World() {
      @Override
      public boolean join(WorldSession session, PacketReader ticket) {
        return true;
      }

      @Override
      public void packet(WorldSession session, PacketReader packet) {
        // nobody says anything
      }

      @Override
      public void update(Frame frame) {
        numbers.add(frame.number());
      }
    };
  }

  @Test
  void theFileIsSetAsideOnceTheWorldHasGoneOnForASecond() throws Exception {
    park();
    byte[] parked = Files.readAllBytes(file());
    TestWorlds host = host();
    host.open(ARENA);
    host.frames(20);
    host.sample();
    assertThat(file()).as("a host that crashes now goes on from it").hasBinaryContent(parked);
    host.frames(10);
    host.sample();
    assertThat(file()).doesNotExist();
    assertThat(old()).hasBinaryContent(parked);
    stop(host);
    assertThat(names(folder())).containsExactly("arena.world", "arena.world.old");
  }

  @Test
  void whatIsParkedSoonAfterIsNotSetAside() {
    park();
    TestWorlds host = host();
    host.open(ARENA);
    stop(host);
    host.sample();
    assertThat(file()).exists();
    assertThat(old()).doesNotExist();
  }

  @Test
  void aWorldThatIsNotParkedAnyMoreBeginsAnewAndItsFileIsSetAside() {
    park();
    TestWorlds host = host();
    host.rules.remove("arena");
    host.open(ARENA);
    assertThat(file()).doesNotExist();
    assertThat(old()).exists();
    assertThat(host.world("arena").schedule().next()).isEqualTo(1);
  }

  @Test
  void aVersionIsRefusedThatCannotLoadAndTheFileStays() throws Exception {
    park();
    byte[] parked = Files.readAllBytes(file());
    TestWorlds host = host();
    WorldService next =
        host.new Version("v2", ARENA) {
          @Override
          public World load(WorldContext context, DataInput saved) {
            throw new IllegalStateException("it is too old");
          }
        };
    assertThat(outcome(host, next))
        .isEqualTo(
            "world arena cannot go on from "
                + file()
                + ": it is too old; to begin anew, move that file away");
    assertThat(host.world("arena")).isNull();
    assertThat(file()).hasBinaryContent(parked);
    assertThat(outcome(host, version(host, "v1", ARENA)))
        .as("the version before")
        .isEqualTo("ready");
  }

  @Test
  void aVersionIsRefusedIfTheFileIsDamaged() throws Exception {
    park();
    byte[] damaged = Files.readAllBytes(file());
    damaged[damaged.length / 2] ^= 1;
    Files.write(file(), damaged);
    TestWorlds host = host();
    assertThat(outcome(host, version(host, "v1", ARENA)))
        .isEqualTo(
            "world arena cannot go on from "
                + file()
                + ": it is damaged or not complete; to begin anew, move that file away");
    Files.move(file(), home.resolve("away"));
    assertThat(outcome(host, version(host, "v1", ARENA))).isEqualTo("ready");
  }

  @Test
  void aVersionIsRefusedIfTheFileIsOfAnotherWorld() throws Exception {
    park();
    Files.move(file(), folder().resolve("zoo.world"));
    TestWorlds host = host();
    host.rules.put("zoo", WorldRule.PARKED);
    assertThat(outcome(host, version(host, "v1", ZOO)))
        .contains("it is of world arena of service play");
  }

  @Test
  void aDiskThatTakesNothingLosesTheWorldAndNothingElse() throws Exception {
    Files.createDirectories(folder().getParent());
    Files.writeString(folder(), "a file in place of the folder");
    TestWorlds host = host();
    host.open(ARENA);
    stop(host);
    assertThat(folder()).hasContent("a file in place of the folder");
    assertThat(host.world("arena")).isNull();
  }

  @Test
  void aVersionThatIsReadyGoesOnFromWhatTheStoppedOneHasParked() {
    TestWorlds host = host();
    WorldService first = version(host, "v1", ARENA);
    host.open(first);
    host.frames(9);
    host.worlds.ready(version(host, "v2", ARENA));
    host.worlds.stopped(version -> version == first);
    host.frames(3);
    assertThat(host.world("arena").tenure().version()).isEqualTo("v2");
    assertThat(host.world("arena").schedule().next()).isGreaterThan(9);
  }

  @Test
  void aVersionThatIsStartedAtTheSameTimeWaitsUntilTheWorldIsParked() {
    TestWorlds host = host();
    host.open(ARENA);
    host.frames(9);
    host.worlds.stopped(version -> true);
    WorldService next = version(host, "v2", ARENA);
    CompletableFuture<Void> ready = host.worlds.ready(next).toCompletableFuture();
    host.run();
    assertThat(ready).isNotDone();
    assertThat(host.worlds.awaited(next)).contains("being parked");
    host.frames(3);
    assertThat(ready).isCompleted();
    assertThat(host.world("arena").schedule().next()).isGreaterThan(9);
  }
}

package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.packet.PacketReader;
import slipway.server.world.TestWorlds.Player;
import slipway.server.world.record.Deeds;
import slipway.server.world.record.RecordReader;
import slipway.server.world.record.RecordedFrame;
import slipway.world.Frame;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldService;
import slipway.world.WorldSession;
import slipway.world.WorldSpec;

/** What a world is told is recorded while it runs, and told to a version afterwards. */
class RecordingTest {

  private static final Recording.Bounds LONG =
      new Recording.Bounds(Duration.ofHours(1), Long.MAX_VALUE);

  @TempDir Path folder;
  private final TestWorlds test = new TestWorlds();
  private Path file;
  private Player ann;

  @BeforeEach
  void open() {
    file = folder.resolve("arena.record");
    test.open(WorldSpec.game("arena"), WorldSpec.game("zoo"));
    ann = test.player();
    ann.says("one");
    test.frame();
  }

  @AfterEach
  void close() {
    test.close();
  }

  /** Records in a thread of its own what happens meanwhile, until all of it is written. */
  private Recording.Result record(Recording.Bounds bounds, Runnable... frames) throws Exception {
    return record(true, bounds, frames);
  }

  /** The same, until the recording ends by itself. */
  private Recording.Result recordToItsEnd(Recording.Bounds bounds, Runnable... frames)
      throws Exception {
    return record(false, bounds, frames);
  }

  private Recording.Result record(boolean ends, Recording.Bounds bounds, Runnable... frames)
      throws Exception {
    AtomicLong written = new AtomicLong(-1);
    CompletableFuture<Recording.Result> result = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().start(() -> write(bounds, written, result));
    while (written.get() < 0 && !result.isDone()) {
      test.run();
      Thread.onSpinWait();
    }
    long before = framesOfTheArena();
    for (Runnable each : frames) {
      each.run();
      test.frame();
    }
    long all = framesOfTheArena() - before;
    while (!result.isDone() && (!ends || written.get() < all)) {
      test.run();
      Thread.onSpinWait();
    }
    thread.interrupt();
    try {
      return result.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }

  private void write(
      Recording.Bounds bounds, AtomicLong written, CompletableFuture<Recording.Result> result) {
    try {
      result.complete(
          new Recording(test.world("arena"), "play", List.of("arena", "zoo"))
              .write(file, bounds, (count, bytes, left) -> written.set(count)));
    } catch (Throwable failed) {
      result.completeExceptionally(failed);
    }
  }

  private long framesOfTheArena() {
    return test.world("arena").counts().totals().frames();
  }

  /** Of all that a world can do. */
  private void recorded() throws Exception {
    Player[] others = new Player[1];
    Recording.Result result =
        record(
            LONG,
            () -> ann.says("echo two", "all three", "work four"),
            () -> others[0] = test.player(),
            () -> others[0].says("tell zoo hello", "all five", "fail"),
            () -> ann.says("go zoo x"),
            () -> test.player().says("end"),
            () -> {});
    assertThat(result.why()).isEqualTo("it was interrupted");
    assertThat(result.failed()).isFalse();
    assertThat(result.frames()).isEqualTo(8); // two of them for players that came
  }

  private Replay.Report replay(WorldService version) throws IOException {
    try (RecordReader recording = new RecordReader(file)) {
      return new Replay(recording, version, System::nanoTime).run(frame -> {});
    }
  }

  /** A version whose worlds do as those that were recorded, unless a test says otherwise. */
  private class Other extends TestWorlds.Version {
    Other() {
      test.super("v1", WorldSpec.game("arena"));
    }

    @Override
    public World load(WorldContext context, DataInput saved) throws Exception {
      World same = super.load(context, saved);
      return new World() {
        @Override
        public boolean join(WorldSession session, PacketReader ticket) throws Exception {
          return same.join(session, ticket);
        }

        @Override
        public void packet(WorldSession session, PacketReader packet) throws Exception {
          Other.this.packet(context, session, packet);
          same.packet(session, packet);
        }

        @Override
        public void update(Frame frame) throws Exception {
          Other.this.update(context, frame);
          same.update(frame);
        }
      };
    }

    void packet(WorldContext context, WorldSession session, PacketReader packet) {
      // as the other
    }

    void update(WorldContext context, Frame frame) throws Exception {
      // as the other
    }
  }

  @Test
  void whatTheHostGivesIsGivenAgain() throws Exception {
    record(LONG, () -> ann.says("token", "echo two"), () -> ann.says("token"));
    assertThat(replay(new Other()).difference()).isEmpty();
    assertThat(
            replay(
                    new Other() {
                      @Override
                      void packet(WorldContext context, WorldSession session, PacketReader packet) {
                        session.token(); // which is the one that was sent then
                      }
                    })
                .difference())
        .startsWith("frame 1 (number ");
  }

  // ---- recording -------------------------------------------------------------------------------

  @Test
  void theFileIsForTheHostsUserAlone() throws Exception {
    record(LONG);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatIsThereIsNotWritten() throws Exception {
    Files.writeString(file, "mine");
    assertThatThrownBy(() -> record(LONG)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("mine");
  }

  @Test
  void aRecordingEndsWhenItsTimeIsOver() throws Exception {
    Recording.Result result =
        recordToItsEnd(new Recording.Bounds(Duration.ofMillis(1), Long.MAX_VALUE));
    assertThat(result.why()).isEqualTo("its time is over");
    assertThat(result.failed()).isFalse();
  }

  @Test
  void aRecordingEndsWhenItIsAsLargeAsItMayBe() throws Exception {
    Recording.Result result = recordToItsEnd(new Recording.Bounds(Duration.ofHours(1), 1));
    assertThat(result.why()).isEqualTo("it is as large as it may be");
    assertThat(result.failed()).isTrue();
  }

  @Test
  void aRecordingEndsWithTheFrameWithWhichTheWorldHasFailed() throws Exception {
    Recording.Result result = recordToItsEnd(LONG, () -> {}, () -> ann.says("fail later"));
    assertThat(result.why()).isEqualTo("the world has failed: told to");
    assertThat(result.frames()).isEqualTo(2);
    Replay.Report report = replay(new Other());
    assertThat(report.failure()).startsWith("frame 2 (number ").endsWith("told to");
    assertThat(report.end()).isEqualTo("the world has failed");
  }

  @Test
  void aRecordingEndsWhenAnotherVersionTakesTheWorldOver() throws Exception {
    WorldService next = test.new Version("v2", WorldSpec.game("arena"), WorldSpec.game("zoo"));
    Recording.Result result =
        recordToItsEnd(
            LONG,
            () -> {
              test.worlds.ready(next);
              test.worlds.takeOver(next);
            });
    assertThat(result.why()).isEqualTo("another version has taken the world over");
  }

  @Test
  void aDiskThatIsTooSlowEndsTheRecordingAndNotTheWorld() {
    Recording recording = new Recording(test.world("arena"), "play", List.of("arena", "zoo"));
    RecordedFrame frame = new RecordedFrame(List.of(), new Deeds(), 1, "");
    int taken = 0;
    while (recording.frame(frame)) {
      taken++;
    }
    assertThat(taken).isEqualTo(250);
  }

  // ---- replaying -------------------------------------------------------------------------------

  @Test
  void aVersionThatDoesTheSameIsSaidToDoSo() throws Exception {
    recorded();
    Replay.Report report = replay(test.new Version("v1", WorldSpec.game("arena")));
    assertThat(report.difference()).isEmpty();
    assertThat(report.frames()).isEqualTo(8);
    assertThat(report.whole()).isTrue();
    assertThat(report.end()).isEqualTo("it was interrupted");
    assertThat(report.before().getTotalCount()).isEqualTo(8);
    assertThat(report.failure()).as("as it was told to").contains("IllegalStateException: told to");
    assertThat(report.failures()).isEqualTo(1);
  }

  @Test
  void aVersionThatSendsSomethingElseIsSaidToDoSoWithThePlace() throws Exception {
    record(LONG, () -> {}, () -> ann.says("echo two"));
    long id = test.world("arena").members().list().getFirst().session().id();
    Replay.Report report =
        replay(
            new Other() {
              @Override
              void packet(WorldContext context, WorldSession session, PacketReader packet) {
                session.send(context.packet(9).build());
              }
            });
    assertThat(report.difference())
        .matches("frame 2 \\(number \\d+\\), session " + id + ", packet 1 of 1");
    assertThat(report.isSame()).isFalse();
  }

  @Test
  void aVersionThatTellsOthersSomethingElseIsSaidToDoSo() throws Exception {
    record(LONG, () -> {});
    Replay.Report report =
        replay(
            new Other() {
              @Override
              void update(WorldContext context, Frame frame) {
                context.tell("zoo", TestWorlds.bytes("hello"));
              }
            });
    assertThat(report.difference())
        .matches("frame 1 \\(number \\d+\\), messages and work, packet 1 of 0, which is new");
  }

  @Test
  void aVersionIsAnsweredAsTheOtherWas() throws Exception {
    record(
        LONG,
        () ->
            test.rules.put(
                "zoo",
                new WorldRule(
                    WorldRule.NONE.fps(),
                    WorldRule.NONE.packetsPerFrame(),
                    WorldRule.NONE.overrun(),
                    WorldRule.NONE.heartbeat(),
                    java.util.Optional.of(1),
                    0,
                    false)),
        () -> test.world("zoo").reserve(),
        () -> ann.says("go zoo x"));
    test.notes.taken();
    replay(test.new Version("v1", WorldSpec.game("arena")));
    assertThat(test.notes.taken()).containsExactly("arena v1: go zoo x 2", "arena v1: false");
  }

  @Test
  void aMoveThatTheHostDoesNotKnowThrowsAsItDidThen() throws Exception {
    record(LONG, () -> ann.says("go nowhere x"));
    Replay.Report report = replay(test.new Version("v1", WorldSpec.game("arena")));
    assertThat(report.difference()).isEmpty();
    assertThat(report.failure()).contains("there was no world nowhere to move to");
  }

  @Test
  void aVersionThatCannotLoadIsRefused() throws Exception {
    record(LONG);
    WorldService none =
        test.new Version("v2", WorldSpec.game("arena")) {
          @Override
          public World load(WorldContext context, DataInput saved) {
            throw new IllegalStateException("it is too old");
          }
        };
    assertThatThrownBy(() -> replay(none))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("it cannot load the world: it is too old");
  }

  @Test
  void aFileThatEndsTooEarlyIsReplayedUpToThere() throws Exception {
    recorded();
    byte[] whole = Files.readAllBytes(file);
    WorldService version = test.new Version("v1", WorldSpec.game("arena"));
    long frames = 0;
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      Replay.Report report;
      try {
        report = replay(version);
      } catch (IOException noStart) {
        assertThat(frames).as("%d bytes", length).isZero();
        assertThat(noStart.getMessage()).startsWith("it is ");
        continue;
      }
      assertThat(report.difference()).isEmpty();
      assertThat(report.whole()).isFalse();
      assertThat(report.end()).isEqualTo("the file is not complete");
      assertThat(report.frames()).isGreaterThanOrEqualTo(frames);
      frames = report.frames();
    }
    assertThat(frames).isEqualTo(8);
  }

  @Test
  void aFileThatIsDamagedIsReplayedUpToThere() throws Exception {
    recorded();
    byte[] damaged = Files.readAllBytes(file);
    damaged[damaged.length - 60] ^= 1;
    Files.write(file, damaged);
    Replay.Report report = replay(test.new Version("v1", WorldSpec.game("arena")));
    assertThat(report.end()).isEqualTo("the file is damaged");
    assertThat(report.whole()).isFalse();
    assertThat(report.frames()).isBetween(1L, 7L);
  }

  @Test
  void sumsOfOneSessionDoNotDependOnOthers() {
    Deeds deeds = new Deeds();
    deeds.did(7, Deeds.Kind.CLOSE, "LEFT");
    deeds.did(5, Deeds.Kind.MOVE, "zoo", (byte) 1);
    Deeds others = new Deeds();
    others.did(5, Deeds.Kind.MOVE, "zoo", (byte) 1);
    Map<Long, int[]> sums = deeds.sums();
    assertThat(sums).containsOnlyKeys(5L, 7L);
    assertThat(sums.get(5L)).isEqualTo(others.sums().get(5L));
  }
}

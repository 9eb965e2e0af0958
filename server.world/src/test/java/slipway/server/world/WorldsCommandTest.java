package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.command.CommandException;
import slipway.shell.commands.desk.TestDesk;
import slipway.testkit.TestReadings;
import slipway.world.Overrun;
import slipway.world.WorldSpec;

class WorldsCommandTest {

  @TempDir Path records;
  private final TestDesk shell = new TestDesk();
  private final TestWorlds test = new TestWorlds();

  @BeforeEach
  void bring() {
    shell.bring(new WorldsCommand(test.worlds, records));
  }

  @AfterEach
  void close() {
    shell.close();
    test.close();
  }

  /** Two seconds, with a sample at the end of each. */
  private void seconds() {
    for (int second = 0; second < 3; second++) {
      test.sample();
      if (second < 2) {
        test.frames(25);
      }
    }
    test.run();
  }

  @Test
  void worldsAreListedWithHowTheyKeepTime() throws Exception {
    test.open(WorldSpec.game("arena"), WorldSpec.auth("login"));
    test.player();
    seconds();
    assertThat(
            shell.run("worlds ps").lines().map(line -> line.replaceAll(" +", " ").strip()).toList())
        .containsExactly(
            "World Service Version State Kind Loop FPS Reached Late p99 p99.9 Busy p99 Overrun"
                + " Skipped Sessions Lost In/s Out/s Inbox Slow Reason",
            "arena play v1 RUNNING GAME 1 25 25 0.00 ms 0.00 ms 0.00 ms 0.00 ms 0 0 0 0 0 0 0 0",
            "login play v1 RUNNING AUTH 2 25 25 0.00 ms 0.00 ms 0.00 ms 0.00 ms 0 0 1 0 0 0 0 0");
    JsonObject first =
        JsonParser.parseString(shell.run("worlds ps --json"))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(first.get("reached").getAsDouble()).isEqualTo(25.0);
    assertThat(first.get("lateP999Millis").getAsDouble()).isZero();
  }

  @Test
  void figuresAreThoseOfEachWorld() throws Exception {
    test.open(WorldSpec.game("arena"), WorldSpec.auth("login"));
    test.player();
    seconds();
    assertThat(TestReadings.of(new WorldMeter(test.worlds)))
        .contains(
            "slipway_worlds{service=\"play\",state=\"running\"} 2.0",
            "slipway_world_sessions{service=\"play\",world=\"login\"} 1.0",
            "slipway_world_frames_total{service=\"play\",world=\"arena\"} 52.0",
            "slipway_world_frames_skipped_total{service=\"play\",world=\"arena\"} 0.0",
            "slipway_world_inbox_bytes{service=\"play\",world=\"arena\"} 0.0");
  }

  @Test
  void manyWorldsAreToldTogether() throws Exception {
    WorldSpec[] many =
        IntStream.range(0, 501)
            .mapToObj(number -> WorldSpec.game("arena" + number))
            .toArray(WorldSpec[]::new);
    test.open(many);
    test.frame();
    assertThat(TestReadings.of(new WorldMeter(test.worlds)))
        .contains(
            "slipway_worlds{service=\"play\",state=\"running\"} 501.0",
            "slipway_world_frames_total{service=\"play\",world=\"\"} 1002.0")
        .noneMatch(line -> line.contains("arena"));
  }

  @Test
  void aWorldThatHasFailedSaysWhy() throws Exception {
    test.open(WorldSpec.game("arena"));
    test.player().says("fail later");
    test.frame();
    assertThat(shell.run("worlds ps")).contains("FAILED").endsWith("told to\n");
  }

  @Test
  void aWorldMovesToAnotherLoop() throws Exception {
    test.open(WorldSpec.game("arena"));
    assertThat(test.world("arena").seat().loop()).isSameAs(test.worlds.directory().loops().find(1));
    assertThat(shell.run("worlds move arena 2")).isEqualTo("moved\n");
    test.run();
    assertThat(test.world("arena").seat().loop()).isSameAs(test.worlds.directory().loops().find(2));
    test.player();
    assertThat(test.notes.taken()).containsExactly("arena v1: join GAME");
  }

  private boolean hasRecording() throws IOException {
    try (var files = Files.list(records)) {
      return files.findFirst().isPresent();
    }
  }

  /** Runs a command in a thread of its own, and frames meanwhile. */
  private String meanwhile(String command) throws Exception {
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                output.complete(shell.run(command));
              } catch (Throwable failed) {
                output.completeExceptionally(failed);
              }
            });
    int frames = 0;
    while (!output.isDone()) {
      if (frames < 100 && hasRecording()) { // no more than can wait for the one that writes
        test.frame();
        frames++;
      } else {
        test.run();
        Thread.onSpinWait();
      }
    }
    return output.get();
  }

  @Test
  void aWorldIsRecordedAndTheVersionThatRunsItToldTheSame() throws Exception {
    test.open(WorldSpec.game("arena"));
    test.player().says("echo one");
    assertThat(meanwhile("worlds record arena --for 300ms"))
        .matches(
            "(?s)\\d+ frames, \\d+ bytes, are in " + records + "/arena-.*: its time is over\\n");
    String name;
    try (var files = Files.list(records)) {
      name = files.findFirst().orElseThrow().getFileName().toString();
    }
    JsonObject report =
        JsonParser.parseString(shell.run("worlds replay " + name + " --json"))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(report.get("firstDifference").getAsString()).isEmpty();
    assertThat(report.get("complete").getAsBoolean()).isTrue();
    assertThat(report.get("frames").getAsLong()).isPositive();
    assertThat(shell.run("worlds replay " + records.resolve(name)))
        .startsWith("World  Recorded  Frames  Before");
  }

  @Test
  void whatCannotBeRecordedIsSaid() {
    test.open(WorldSpec.game("arena"));
    refused("record zoo", "zoo is no world; see: worlds ps");
    refused("record arena --for 25h", "--for: allowed is more than 0, up to 24h");
    refused("record arena --max 0", "--max = 0: allowed is 1 to 1048576");
  }

  @Test
  void recordingsAndJarsCompleteTheWordsOfAReplay() throws Exception {
    Files.writeString(records.resolve("arena-1.record"), "");
    Files.writeString(records.resolve("arena-2.jar"), "");
    assertThat(shell.candidates(List.of("worlds", "replay", "ar")))
        .containsExactly("arena-1.record");
    assertThat(shell.candidates(List.of("worlds", "replay", "x", records + "/ar")))
        .containsExactly(records + "/arena-2.jar");
  }

  @Test
  void whatCannotBeReplayedIsSaid() throws Exception {
    refused("replay none", records.resolve("none") + " is not there");
    Path other = Files.writeString(records.resolve("other"), "something else");
    refused("replay " + other, other + ": it is no recording");
  }

  private void refused(String verb, String why) {
    assertThatThrownBy(() -> shell.run("worlds " + verb))
        .isInstanceOf(CommandException.class)
        .hasMessage("worlds " + verb.split(" ")[0] + ": " + why);
  }

  @Test
  void whatCannotBeMovedIsSaid() {
    test.open(WorldSpec.game("arena"));
    assertThatThrownBy(() -> shell.run("worlds move zoo 1"))
        .isInstanceOf(CommandException.class)
        .hasMessage("worlds move: zoo is no world; see: worlds ps");
    assertThatThrownBy(() -> shell.run("worlds move arena 3"))
        .isInstanceOf(CommandException.class)
        .hasMessage("worlds move: LOOP = 3: allowed is 1 to 2");
  }

  // ---- one world -------------------------------------------------------------------------------

  private List<String> shown(String world) throws Exception {
    return shell
        .run("worlds show " + world)
        .lines()
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }

  @Test
  void allThatIsKnownOfAWorldIsShown() throws Exception {
    test.rules.put(
        "arena",
        new WorldRule(
            Optional.of(50),
            Optional.empty(),
            Optional.of(Overrun.catchUp(2)),
            Optional.empty(),
            Optional.empty(),
            1,
            false));
    test.open(WorldSpec.game("arena").heartbeat(Duration.ofSeconds(40)));
    TestWorlds.Player ann = test.player();
    test.player().says("fail");
    ann.says("echo hello");
    seconds();
    assertThat(shown("arena"))
        .containsExactly(
            "World arena",
            "Service play",
            "Version v1",
            "State RUNNING",
            "Kind GAME",
            "Loop 1",
            "fps 50",
            "packets.per.frame 32",
            "overrun catch-up 2",
            "heartbeat.timeout 40s",
            "max.sessions 10000",
            "Configured fps, overrun, loop",
            "Reached 50",
            "Late p50 0.00 ms",
            "Late p99 20.05 ms",
            "Late p99.9 20.05 ms",
            "Late at most 20.05 ms",
            "Busy 0.00 ms",
            "Busy p99 0.00 ms",
            "Overrun 0",
            "Skipped 0",
            "Late 52",
            "Stuck 0",
            "AUTH_TO_GAME 0",
            "GAME 1",
            "WAIT_LOGOUT 0",
            "Lost 0",
            "Slow 0",
            "Failed 1",
            "In/s 1",
            "In bytes/s 7",
            "Out/s 1",
            "Out bytes/s 4",
            "Inbox 0");
  }

  @Test
  void aProgramGetsTheSameOfOneWorld() throws Exception {
    test.open(WorldSpec.auth("login").fps(50));
    test.player();
    seconds();
    JsonObject login =
        JsonParser.parseString(shell.run("worlds show login --json"))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(login.get("auth").getAsInt()).isEqualTo(1);
    assertThat(login.has("game")).isFalse();
    assertThat(login.get("configured").getAsJsonArray()).isEmpty();
    assertThat(login.get("overrunPolicy").getAsString()).isEqualTo("skip");
    assertThat(login.get("lateMaxMillis").getAsDouble()).isPositive();
    assertThat(shown("login")).contains("Configured nothing", "AUTH 1");
  }

  @Test
  void whatWasTakenOverLastIsShown() throws Exception {
    test.open(WorldSpec.game("arena"));
    test.player();
    TestWorlds.Version next = test.new Version("v2", WorldSpec.game("arena"));
    test.worlds.ready(next);
    test.worlds.takeOver(next);
    test.frame();
    assertThat(shown("arena"))
        .contains("Version v2", "Taken over by v2", "from v1", "bytes 16", "outcome on probation");
    test.frames(Probation.FRAMES);
    assertThat(shown("arena")).contains("outcome passed");
  }

  @Test
  void aTakeOverThatHasFailedIsShown() throws Exception {
    test.open(WorldSpec.game("arena"));
    test.player();
    TestWorlds.Version next = test.new Version("v2", WorldSpec.game("arena"));
    test.worlds.ready(next);
    test.worlds.takeOver(next);
    test.frame();
    test.player().says("fail later");
    test.frame();
    assertThat(shown("arena"))
        .contains("Version v1", "outcome its frame 3 has failed: told to; v1 went on");
  }

  @Test
  void aWorldThatThereIsNotIsSaid() {
    for (String verb : List.of("show", "map")) {
      assertThatThrownBy(() -> shell.run("worlds " + verb + " zoo"))
          .isInstanceOf(CommandException.class)
          .hasMessage("worlds " + verb + ": zoo is no world; see: worlds ps");
    }
  }

  // ---- a map -----------------------------------------------------------------------------------

  /** A world draws itself in its loop, which is the thread of the test. */
  private String map(String arguments) throws Exception {
    CompletableFuture<String> drawn =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return shell.run("worlds map " + arguments);
              } catch (Exception refused) {
                return refused.getMessage();
              }
            });
    while (!drawn.isDone()) {
      test.run();
      Thread.onSpinWait();
    }
    return drawn.get();
  }

  @Test
  void aWorldDrawsItselfInTheRoomThatItHas() throws Exception {
    test.open(WorldSpec.game("arena"), WorldSpec.auth("login"));
    test.player().says("go arena ann");
    test.frames(2);
    assertThat(map("arena --columns 20"))
        .isEqualTo("arena\n?[2J\n" + "x".repeat(20) + "\n" + "too muchtoo muchtoo " + "\n");
    assertThat(map("arena").lines().mapToInt(String::length).max()).hasValue(80);
  }

  @Test
  void aMapThatFailsIsTheCommandsFailureAndNotTheWorlds() throws Exception {
    test.open(WorldSpec.game("arena"), WorldSpec.auth("login"));
    assertThat(map("arena")).isEqualTo("worlds map: arena: nobody");
    assertThat(map("login")).isEqualTo("worlds map: login: it draws no map");
    assertThat(map("arena --columns 19"))
        .isEqualTo("worlds map: --columns 19: allowed is 20 to 1000");
    assertThat(map("arena --rows 0")).isEqualTo("worlds map: --rows 0: allowed is 8 to 1000");
    assertThat(test.world("arena").status().state()).isEqualTo(WorldState.RUNNING);
  }

  @Test
  void aWorldThatHasFailedDrawsNothing() throws Exception {
    test.open(WorldSpec.game("arena"));
    test.player().says("fail later");
    test.frame();
    assertThat(map("arena")).isEqualTo("worlds map: arena: it is FAILED, and draws nothing");
  }

  // ---- loops -----------------------------------------------------------------------------------

  @Test
  void loopsAreListedWithWhatTheyRun() throws Exception {
    test.open(WorldSpec.game("arena"), WorldSpec.auth("login").fps(50));
    seconds();
    assertThat(
            shell
                .run("worlds loops")
                .lines()
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList())
        .containsExactly(
            "Loop Worlds FPS Busy CPU Late p99",
            "1 1 25 0.0 % - 0.00 ms",
            "2 1 50 0.0 % - 20.05 ms");
    assertThat(shell.run("worlds loops --json")).contains("\"busy\":0.0");
  }

  @Test
  void loopsComeAndGoAndWorldsStay() throws Exception {
    test.open(WorldSpec.game("arena"), WorldSpec.auth("login"));
    test.worlds.change(new LoopsRule(3, Duration.ZERO));
    assertThat(shell.run("worlds move login 3")).isEqualTo("moved\n");
    test.run();
    assertThat(shell.run("worlds loops").lines()).hasSize(4);
    test.worlds.change(new LoopsRule(1, Duration.ZERO));
    test.run();
    assertThat(shell.run("worlds loops").lines()).hasSize(2).last().asString().startsWith("   1");
    assertThat(test.world("login").seat().loop()).isSameAs(test.worlds.directory().loops().find(1));
    test.player().says("go arena ann");
    test.frames(2);
    assertThat(test.notes.taken()).last().isEqualTo("arena v1: join GAME with ann");
  }

  @Test
  void aWorldIsInTheLoopThatIsConfiguredAsSoonAsThereIsOne() {
    test.rules.put(
        "arena",
        new WorldRule(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            3,
            false));
    test.open(WorldSpec.game("arena"));
    test.worlds.change(new LoopsRule(3, Duration.ZERO));
    test.run();
    Loops loops = test.worlds.directory().loops();
    assertThat(loops.number(test.world("arena").seat().loop())).isEqualTo(3);
  }
}

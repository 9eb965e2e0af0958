package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.command.CommandException;
import slipway.shell.commands.desk.TestDesk;
import slipway.world.WorldSpec;

class WorldsCommandTest {

  private final TestDesk shell = new TestDesk();
  private final TestWorlds test = new TestWorlds();

  @BeforeEach
  void bring() {
    shell.bring(new WorldsCommand(test.worlds));
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
                + " Skipped Sessions In/s Out/s Inbox Slow Reason",
            "arena play v1 RUNNING GAME 1 25 25 0.00 ms 0.00 ms 0.00 ms 0.00 ms 0 0 0 0 0 0 0",
            "login play v1 RUNNING AUTH 2 25 25 0.00 ms 0.00 ms 0.00 ms 0.00 ms 0 0 1 0 0 0 0");
    JsonObject first =
        JsonParser.parseString(shell.run("worlds ps --json"))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(first.get("reached").getAsDouble()).isEqualTo(25.0);
    assertThat(first.get("lateP999Millis").getAsDouble()).isZero();
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
    assertThat(test.world("arena").seat().loop()).isSameAs(test.worlds.directory().loops().get(0));
    assertThat(shell.run("worlds move arena 2")).isEqualTo("moved\n");
    test.run();
    assertThat(test.world("arena").seat().loop()).isSameAs(test.worlds.directory().loops().get(1));
    test.player();
    assertThat(test.notes.taken()).containsExactly("arena v1: join GAME");
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
}

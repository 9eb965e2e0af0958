package slipway.server.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.command.CommandException;
import slipway.profile.Timing;
import slipway.server.profile.jfr.Owner;
import slipway.shell.commands.desk.TestDesk;

@SuppressWarnings("try") // timings are there to be closed
class ProfileCommandTest {

  @TempDir Path folder;

  private final TestDesk shell = new TestDesk();
  private final Switch sections = new Switch();

  @BeforeEach
  void bring() {
    shell.bring(new ProfileCommand(sections, null, null, InstantSource.fixed(Instant.EPOCH)));
  }

  @AfterEach
  void close() {
    shell.close();
  }

  private void move(int times) {
    BundleSections arena = new BundleSections(sections, new Owner("arena", "1.0.0"));
    for (int each = 0; each < times; each++) {
      try (Timing timing = arena.section("move").begin()) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void sectionsAreTimedFromOnToOff() throws Exception {
    assertThat(shell.run("profile sections on")).isEqualTo("on\n");
    assertThat(shell.run("profile sections on")).isEqualTo("on already\n");
    move(3);
    assertThat(shell.run("profile sections off")).isEqualTo("off\n");
    move(1);
    assertThat(shell.run("profile sections").lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .matches("Service +Version +Section +Thread +Calls +Total +Average +Least +Greatest");
    JsonObject line =
        JsonParser.parseString(shell.run("profile sections --json"))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(line.get("service").getAsString()).isEqualTo("arena");
    assertThat(line.get("calls").getAsLong()).isEqualTo(3);
  }

  @Test
  void whatWasNeverTurnedOnIsSaid() {
    for (String verb : new String[] {"sections", "save x"}) {
      assertThatThrownBy(() -> shell.run("profile " + verb))
          .isInstanceOf(CommandException.class)
          .hasMessageEndingWith(": nothing was measured; begin by: profile sections on");
    }
  }

  @Test
  void whatWasMeasuredIsWrittenToANewFileOfTheHostsUser() throws Exception {
    shell.run("profile sections on");
    move(5);
    Path file = folder.resolve("sections.txt");
    assertThat(shell.run("profile save " + file)).isEqualTo("saved: 1 lines in " + file + "\n");
    assertThat(Files.readAllLines(file))
        .startsWith("from 1970-01-01T00:00:00Z to now", "")
        .last()
        .asString()
        .matches(".* \\| arena \\| 1\\.0\\.0 \\| move \\| (\\S+ µs \\| ){5}5");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> shell.run("profile save " + file))
        .isInstanceOf(CommandException.class)
        .hasMessage("profile save: " + file + " is there already; name a new file");
    assertThatThrownBy(() -> shell.run("profile save " + folder.resolve("none/x")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("cannot be written");
  }
}

package slipway.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.command.CommandException;
import slipway.health.Finding;
import slipway.health.HealthReport;
import slipway.health.HealthReport.Checked;
import slipway.health.Probe;
import slipway.shell.commands.desk.TestDesk;

class HealthCommandTest {

  private final TestDesk shell = new TestDesk();

  private static HealthReport report(Probe probe) {
    return new HealthReport(
        probe,
        switch (probe) {
          case STARTUP -> List.of(new Checked("start", Finding.OK));
          case READINESS ->
              List.of(
                  new Checked("database", Finding.warning("it is away")),
                  new Checked("start", Finding.OK));
          case LIVENESS ->
              List.of(
                  new Checked("event loops", Finding.failed("slipway-io-1 is stuck")),
                  new Checked("memory", Finding.failed("full")));
        });
  }

  @BeforeEach
  void bring() {
    shell.bring(new HealthCommand(HealthCommandTest::report));
  }

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void withoutAWordItIsReadiness() throws Exception {
    assertThat(shell.run("health"))
        .isEqualTo(
            """
            Check     Status   Reason
            database  WARNING  it is away
            start     OK
            """)
        .isEqualTo(shell.run("health readiness"));
    assertThat(shell.run("health startup")).contains("start").doesNotContain("database");
  }

  @Test
  void aProbeThatFailsFailsTheCommandAfterItsChecks() {
    assertThatThrownBy(() -> shell.run("health liveness"))
        .isInstanceOf(CommandException.class)
        .hasMessage("health: liveness fails: event loops, memory");
    assertThat(shell.written())
        .isEqualTo(
            """
            Check        Status  Reason
            event loops  FAILED  slipway-io-1 is stuck
            memory       FAILED  full
            """);
  }

  @Test
  void programsReadJson() throws Exception {
    JsonObject first =
        JsonParser.parseString(shell.run("health --json"))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(first.get("check").getAsString()).isEqualTo("database");
    assertThat(first.get("status").getAsString()).isEqualTo("WARNING");
    assertThat(first.get("reason").getAsString()).isEqualTo("it is away");
    assertThatThrownBy(() -> shell.run("health liveness --json"))
        .isInstanceOf(CommandException.class);
    assertThat(JsonParser.parseString(shell.written()).getAsJsonArray()).hasSize(2);
  }

  @Test
  void anotherWordIsRefusedWithThoseThatAreAllowed() {
    assertThatThrownBy(() -> shell.run("health fine"))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "health: PROBE fine: allowed are startup, readiness, liveness; see: health --help");
  }

  @Test
  void theProbesAreCandidates() {
    assertThat(shell.candidates(List.of("health", "l"))).containsExactly("liveness");
  }
}

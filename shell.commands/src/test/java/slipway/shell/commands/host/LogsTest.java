package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.admin.LogLevel;
import slipway.command.CommandException;

class LogsTest {

  private final Shell shell = new Shell();

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void show_writes_a_line_a_record_and_its_stack_below() throws Exception {
    shell.log.records.add(FakeLog.record(7, "25", "closed\u001b[2J", "java.lang.Error", "at x"));
    assertThat(shell.run("logs show").replaceFirst("^\\S+ \\S+", "TIME"))
        .isEqualTo("TIME      7  WARN   core          closed?[2J\n    java.lang.Error\n    at x\n");
    assertThat(shell.log.query.count()).isEqualTo(50);
    assertThat(shell.log.query.since()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void show_hands_its_options_on() throws Exception {
    shell.run("logs show 3 --level warn --bundle slipway.server.core --since 2026-01-02T03:04Z");
    assertThat(shell.log.query.count()).isEqualTo(3);
    assertThat(shell.log.query.level()).isEqualTo(LogLevel.WARN);
    assertThat(shell.log.query.source()).isEqualTo("slipway.server.core");
    assertThat(shell.log.query.since()).isEqualTo(Instant.parse("2026-01-02T03:04:00Z"));
  }

  @Test
  void json_is_an_object_a_line_with_numbers_as_numbers() throws Exception {
    shell.log.records.add(FakeLog.record(7, "25", "closed", "java.lang.Error"));
    shell.log.records.add(FakeLog.record(8, "", "other"));
    List<String> lines = shell.run("logs show --json").lines().toList();
    assertThat(lines).hasSize(2);
    JsonObject first = JsonParser.parseString(lines.get(0)).getAsJsonObject();
    assertThat(first.get("index").getAsLong()).isEqualTo(7);
    assertThat(first.get("connection").getAsLong()).isEqualTo(25);
    assertThat(first.get("stack").getAsJsonArray()).hasSize(1);
    JsonObject second = JsonParser.parseString(lines.get(1)).getAsJsonObject();
    assertThat(second.has("connection")).isFalse();
    assertThat(second.has("stack")).isFalse();
  }

  @Test
  void follow_goes_on_with_what_comes_and_closes_at_the_end() throws Exception {
    shell.log.records.add(FakeLog.record(7, "", "there"));
    shell.log.later.add(FakeLog.record(8, "", "came"));
    assertThat(shell.run("logs show --follow")).contains("there\n").endsWith("came\n");
    assertThat(shell.log.calls).containsExactly("closed");
  }

  @Test
  void clear_is_refused_with_the_command_that_confirms_it() throws Exception {
    assertThatThrownBy(() -> shell.run("logs clear"))
        .isInstanceOf(CommandException.class)
        .hasMessage("logs clear would delete 2 files of 1234 bytes; to confirm: logs clear --yes");
    assertThat(shell.log.calls).isEmpty();
    assertThat(shell.run("logs clear --yes")).isEqualTo("deleted 2 files of 1234 bytes\n");
    assertThat(shell.log.calls).containsExactly("clear");
  }

  @Test
  void level_sets_takes_back_and_lists() throws Exception {
    assertThat(shell.run("logs level"))
        .isEqualTo(
            """
            Logger   Level  By
            ROOT     INFO   conf/logback.xml
            slipway  DEBUG  logs level, until the host ends
            """);
    shell.run("logs level a.b debug");
    shell.run("logs level a.b default");
    assertThat(shell.log.calls).containsExactly("a.b DEBUG", "a.b as configured");
  }

  @ParameterizedTest
  @CsvSource({
    "logs level a.b, LEVEL is missing",
    "logs level a.b loud, 'allowed are OFF, ERROR, WARN, INFO, DEBUG, TRACE or default'",
    "logs show --level loud, 'allowed are ERROR, WARN, INFO, DEBUG, TRACE'",
    "logs show --level off, 'allowed are ERROR, WARN, INFO, DEBUG, TRACE'",
    "logs show 100001, allowed is a whole number from 0 to 100000",
    "logs show -1, allowed is a whole number from 0 to 100000",
    "logs show --since soon, allowed is a time of today",
  })
  void what_is_wrong_is_refused_with_what_is_allowed(String line, String message) {
    assertThatThrownBy(() -> shell.run(line)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "10m, 2026-01-31T11:50:00Z",
    "08:30, 2026-01-31T07:30:00Z",
    "08:30:15, 2026-01-31T07:30:15Z",
    "2026-01-30, 2026-01-29T23:00:00Z",
    "2026-01-30T08:30, 2026-01-30T07:30:00Z",
    "2026-01-30 08:30, 2026-01-30T07:30:00Z",
    "2026-01-30T08:30:00.5+02:00, 2026-01-30T06:30:00.500Z",
  })
  void a_time_is_read_in_all_its_forms(String text, Instant time) {
    Clock noon = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneId.of("Europe/Paris"));
    assertThat(Since.parse(text, noon).orElseThrow().time()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "25:00", "2026-02-30", "10"})
  void what_is_no_time_is_none(String text) {
    assertThat(Since.parse(text, Clock.systemUTC())).isEmpty();
  }
}

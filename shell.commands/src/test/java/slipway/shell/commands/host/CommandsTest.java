package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.admin.AdminException;
import slipway.command.Command;
import slipway.command.CommandException;

/** What all commands have in common. */
class CommandsTest {

  private final Shell shell = new Shell();

  @AfterEach
  void close() {
    shell.close();
  }

  @ParameterizedTest
  @CsvSource({
    "libctl state echo 3, service echo FIXED",
    "libctl state echo locked, service echo LOCKED",
    "libctl state echo WaitLocked, service echo WAITLOCKED",
    "libctl state ./Services/echo.dll 0, service ./Services/echo.dll LOADED",
    "libctl state 'my echo' 0, service my echo LOADED",
    "slipway:libctl state echo 3, service echo FIXED",
    "libctl state echo 2, service echo WAITLOCKED",
    "libctl state echo 2 --timeout 5s, lock echo within PT5S",
    "libctl state --timeout=0 echo waitlocked, lock echo within PT0S",
    "libctl plan /srv/echo.jar, plan file:///srv/echo.jar",
    "libctl plan '/srv/a b.jar', plan file:///srv/a%20b.jar",
    "libctl install https://example.org/echo.jar, install https://example.org/echo.jar",
    "libctl install /srv/echo.jar --force, install file:///srv/echo.jar by force",
    "libctl rollback echo, rollback echo",
    "libctl history echo, history echo",
    "acserv state 3000 1, acceptor 3000 START",
    "acserv state main stop, acceptor main STOP",
    "acserv start, acceptors START",
    "acserv stop, acceptors STOP",
    "start, acceptors START",
    "stop, acceptors STOP",
    "exit, exit",
    "wait, wait Optional.empty",
    "wait --timeout 90s, wait Optional[PT1M30S]",
    "wait --timeout=0, wait Optional[PT0S]",
    "shutdown --timeout 500ms, shutdown Optional[PT0.5S]",
  })
  void a_command_calls_the_host(String line, String call) throws Exception {
    shell.run(line.replace('"', '\''));
    assertThat(shell.host.calls).containsExactly(call);
  }

  @Test
  void problems_are_lines_and_nothing_if_all_is_well() throws Exception {
    assertThat(shell.run("problems")).isEmpty();
    shell.host.problems.addAll(List.of("conf/a.cfg: is empty", "acceptor main: a\u001bb"));
    assertThat(shell.run("problems")).isEqualTo("conf/a.cfg: is empty\nacceptor main: a?b\n");
  }

  @Test
  void statistics_shows_local_time_and_json_an_instant() throws Exception {
    String local =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .format(Instant.parse("2026-01-02T03:04:05Z").atZone(ZoneId.systemDefault()));
    assertThat(shell.run("statistics").lines())
        .containsExactly(
            "ID  Service  IP          Port  Time since           Acceptor  Version       In  Out",
            " 7  echo     127.0.0.1  51234  " + local + "  main      1.0.0    1234567   42",
            " 8  admin    unix           -  " + local + "  main      1.0.0          9   42");
    assertThat(shell.run("connections ps")).isEqualTo(shell.run("statistics"));
    String json = shell.run("statistics --json");
    assertThat(json)
        .isEqualTo(shell.run("connections ps --json"))
        .contains("\"since\":\"2026-01-02T03:04:05.678Z\"", "\"in\":1234567,\"out\":42");
  }

  @Test
  void connections_close_closes_what_is_there_and_refuses_what_is_not() throws Exception {
    assertThat(shell.run("connections close 7")).isEqualTo("closed connection 7\n");
    assertRefused(
        "connections close 7", "connections close: 7 is no open connection; see: statistics");
  }

  @Test
  void an_administrative_refusal_comes_through_as_it_is() {
    assertThatThrownBy(() -> shell.run("libctl state nowhere 3"))
        .isInstanceOf(AdminException.class)
        .hasMessage("no bundle provides nowhere");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "libctl state echo 9 | libctl state: STATE 9: allowed are 0 LOADED, 1 LOCKED, 2 WAITLOCKED, 3 FIXED; see: libctl state --help",
        "libctl state echo | libctl state: STATE is missing; allowed is libctl state NAME STATE; see: libctl state --help",
        "libctl state | libctl state: NAME is missing; allowed is libctl state NAME STATE; see: libctl state --help",
        "libctl state echo 1 --timeout 5s | libctl state: --timeout with STATE LOCKED: allowed "
            + "only with 2 WAITLOCKED; see: libctl state --help",
        "libctl state echo 2 --timeout soon | libctl state: --timeout soon: allowed is a whole number with ms, s, m, h or d, such as 500ms, 60s or 5m; see: libctl state --help",
        "libctl rollback | libctl rollback: NAME is missing; allowed is libctl rollback NAME; see: libctl rollback --help",
        "libctl | libctl: a verb is missing; allowed are history, install, leaks, plan, ps, rollback, state; see: libctl --help",
        "libctl sp | libctl: unknown verb sp; allowed are history, install, leaks, plan, ps, rollback, state; see: libctl --help",
        "libctl ps --jsno | libctl ps: unknown option --jsno; allowed are --help, --json; see: libctl ps --help",
        "libctl ps --json=1 | libctl ps: --json 1: allowed is --json without a value; see: libctl ps --help",
        "libctl ps now | libctl ps: unexpected argument now; allowed is libctl ps; see: libctl ps --help",
        "libctl ps @/etc/passwd | libctl ps: unexpected argument @/etc/passwd; allowed is libctl ps; see: libctl ps --help",
        "acserv state 3000 fixed | acserv state: STATE fixed: allowed are 0 CLOSE, 1 START, 2 STOP; see: acserv state --help",
        "connections close x | connections close: ID x: allowed is a connection's number, as statistics shows it; see: connections close --help",
        "wait --timeout 10 | wait: --timeout 10: allowed is a whole number with ms, s, m, h or d, such as 500ms, 60s or 5m; see: wait --help",
        "wait --timeout | wait: DURATION is missing after --timeout; see: wait --help",
        "help nothing | help: unknown command nothing; try: help",
      })
  void a_wrong_argument_is_refused_with_what_is_allowed(String line, String message) {
    assertRefused(line, message);
    assertThat(shell.host.calls).isEmpty();
  }

  @Test
  void a_message_repeats_no_control_characters_and_no_novels() {
    assertThatThrownBy(() -> shell.run("libctl state echo \"\u001b[31m\""))
        .hasMessageContaining("STATE ?[31m: allowed");
    assertThatThrownBy(() -> shell.run("libctl " + "x".repeat(5000)))
        .hasMessageContaining("unknown verb xxx")
        .satisfies(failure -> assertThat(failure.getMessage().length()).isLessThan(200));
  }

  @Test
  void output_goes_through_pipes_and_into_variables() throws Exception {
    assertThat(shell.run("libctl ps | upper")).startsWith("NAME   REFCOUNT").contains("ECHO");
    shell.run("name = echo; libctl state $name 3");
    assertThat(shell.host.calls).containsExactly("service echo FIXED");
  }

  @Test
  void a_part_of_the_host_that_is_absent_is_named() {
    for (String line :
        Arrays.asList(
            "libctl ps", "libctl leaks", "acserv ps", "statistics", "problems", "wait", "exit")) {
      String name = line.split(" ")[0];
      shell.bring(absent(name));
      assertThatThrownBy(() -> shell.run(line))
          .isInstanceOf(CommandException.class)
          .hasMessageStartingWith("nothing manages the host's ");
    }
  }

  private static Command absent(String name) {
    return switch (name) {
      case "libctl" -> new LibctlCommand(null, null, null);
      case "acserv" -> new AcservCommand(null);
      case "statistics" -> new StatisticsCommand(null);
      case "problems" -> new ProblemsCommand(null);
      case "wait" -> new WaitCommand(null, null);
      default -> new ExitCommand(null);
    };
  }

  private void assertRefused(String line, String message) {
    assertThatThrownBy(() -> shell.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessage(message);
  }
}

package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.admin.AcceptorStatus;
import slipway.admin.AdminException;
import slipway.admin.DeployAdmin.Leak;
import slipway.admin.DeployAdmin.Refused;
import slipway.admin.RefusedFile;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.command.Caller;
import slipway.command.Command;
import slipway.command.CommandException;

class CommandsTest {

  private final Shell shell = new Shell();

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void libctl_ps_aligns_its_columns() throws Exception {
    assertThat(shell.run("libctl ps"))
        .isEqualTo(
            """
            Name   RefCount  State   Version  Bundle  Bundle state  Reason
            echo         12  FIXED   1.0.0        17  ACTIVE
            ghost         0  LOCKED  -             -  -             no bundle
            """);
  }

  @Test
  void libctl_ps_writes_json_without_the_keys_that_have_no_value() throws Exception {
    JsonArray services = JsonParser.parseString(shell.run("libctl ps --json")).getAsJsonArray();
    assertThat(services).hasSize(2);
    JsonObject echo = services.get(0).getAsJsonObject();
    assertThat(echo.get("name").getAsString()).isEqualTo("echo");
    assertThat(echo.get("refCount").getAsInt()).isEqualTo(12);
    assertThat(echo.get("state").getAsString()).isEqualTo("FIXED");
    assertThat(echo.get("bundle").getAsLong()).isEqualTo(17);
    assertThat(services.get(1).getAsJsonObject().has("bundle")).isFalse();
  }

  @Test
  void an_empty_list_is_an_empty_array_or_a_heading() throws Exception {
    shell.host.services.clear();
    assertThat(shell.run("libctl ps --json")).isEqualTo("[]\n");
    assertThat(shell.run("libctl ps"))
        .isEqualTo("Name  RefCount  State  Version  Bundle  Bundle state  Reason\n");
  }

  @Test
  void odd_characters_reach_json_whole_and_the_table_tamed() throws Exception {
    String odd = "a\"b\\c\u001b[31m\u009b\n\u202e\u2028ü😀";
    shell.host.services.clear();
    shell.host.services.add(
        new ServiceStatus("odd", 0, ServiceState.LOADED, "1", 3, "RESOLVED", odd));
    String json = shell.run("libctl ps --json");
    assertThat(json).doesNotContain("\u001b", "\u009b", "\u2028", "\u202e");
    assertThat(
            JsonParser.parseString(json)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .get("reason")
                .getAsString())
        .isEqualTo(odd);
    assertThat(shell.run("libctl ps")).endsWith("RESOLVED      a\"b\\c?[31m????ü😀\n");
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
  void a_changed_state_shows_the_row_as_ps_does() throws Exception {
    assertThat(shell.run("libctl state echo 3").lines())
        .containsExactly(
            "Name  RefCount  State  Version  Bundle  Bundle state  Reason",
            "echo         0  FIXED  1.0.0        17  ACTIVE");
    assertThat(shell.run("acserv state 3000 1").lines().skip(1))
        .containsExactly("127.0.0.1  3000  START  port-3000  -                  1  epoll/tcp");
    assertThat(shell.run("acserv state 3000 0")).isEqualTo("closed 3000\n");
  }

  @Test
  void each_version_of_a_service_has_a_line() throws Exception {
    shell.host.services.clear();
    shell.host.services.add(version("1.1.0", 3, 21));
    shell.host.services.add(version("1.0.0", 1200, 17));
    assertThat(shell.run("libctl ps"))
        .isEqualTo(
            """
            Name  RefCount  State  Version  Bundle  Bundle state  Reason
            echo         3  FIXED  1.1.0        21  ACTIVE
            echo      1200  FIXED  1.0.0        17  ACTIVE
            """);
  }

  @Test
  void a_file_that_was_refused_has_a_line() throws Exception {
    shell.host.services.clear();
    shell.host.services.add(version("1.1.0", 3, 21));
    shell.host.refused.add(new Refused("say.jar", "", "it is no jar"));
    assertThat(shell.run("libctl ps"))
        .isEqualTo(
            """
            Name     RefCount  State    Version  Bundle  Bundle state  Reason
            echo            3  FIXED    1.1.0        21  ACTIVE
            say.jar         0  REFUSED  -             -  -             it is no jar
            """);
    JsonObject row =
        JsonParser.parseString(shell.run("libctl ps --json"))
            .getAsJsonArray()
            .get(1)
            .getAsJsonObject();
    assertThat(row.get("state").getAsString()).isEqualTo("REFUSED");
    assertThat(row.has("bundle")).isFalse();
  }

  @Test
  void a_file_in_conf_that_a_version_refuses_has_a_line_that_says_what_goes_on() throws Exception {
    shell.host.services.clear();
    shell.host.refused.add(new Refused("say.jar", "", "it is no jar"));
    shell.host.refusedConfigurations.add(
        new RefusedFile("slipway.chat.cfg", List.of(""), "rate = 0: allowed is 1"));
    shell.host.refusedConfigurations.add(new RefusedFile("org.kv.cfg", List.of(), "is empty"));
    assertThat(shell.run("libctl ps").lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "Name|RefCount|State|Version|Bundle|Bundle state|Reason",
            "say.jar|0|REFUSED|-|-|-|it is no jar",
            "slipway.chat.cfg|0|REFUSED|-|-|-"
                + "|rate = 0: allowed is 1; the last good configuration goes on",
            "org.kv.cfg|0|REFUSED|-|-|-|is empty; nothing of it is in force");
  }

  @Test
  void a_file_in_conf_that_is_refused_has_a_line_or_is_the_reason_of_its_acceptor()
      throws Exception {
    shell.host.acceptors.removeLast();
    AcceptorStatus main = shell.host.acceptors.removeLast();
    shell.host.acceptors.add(main.withReason("conf/slipway.acceptor-main.cfg is refused: why"));
    shell.host.refusedFiles.add(
        new RefusedFile("slipway.acceptor-main.cfg", List.of("main"), "why"));
    shell.host.refusedFiles.add(new RefusedFile("slipway.acceptor-new.cfg", List.of(), "is empty"));
    assertThat(shell.run("acserv ps").lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "IP|Port|State|Name|Service|Connections|Transport|Reason",
            "127.0.0.1|2000|START|main|-|1|epoll/tcp"
                + "|conf/slipway.acceptor-main.cfg is refused: why",
            "-|-|REFUSED|slipway.acceptor-new.cfg|-|0|-|is empty");
    JsonObject row =
        JsonParser.parseString(shell.run("acserv ps --json"))
            .getAsJsonArray()
            .get(1)
            .getAsJsonObject();
    assertThat(row.get("state").getAsString()).isEqualTo("REFUSED");
    assertThat(row.has("port")).isFalse();
  }

  @Test
  void problems_are_lines_and_nothing_if_all_is_well() throws Exception {
    assertThat(shell.run("problems")).isEmpty();
    shell.host.problems.addAll(List.of("conf/a.cfg: is empty", "acceptor main: a\u001bb"));
    assertThat(shell.run("problems")).isEqualTo("conf/a.cfg: is empty\nacceptor main: a?b\n");
  }

  private static ServiceStatus version(String version, int refCount, long bundle) {
    return new ServiceStatus("echo", refCount, ServiceState.FIXED, version, bundle, "ACTIVE", "");
  }

  @Test
  void a_lock_with_a_deadline_says_how_the_connections_ended() throws Exception {
    shell.host.waiting = timeout -> 1;
    assertThat(shell.run("libctl state ./Services/echo.dll 2 --timeout 5s"))
        .isEqualTo("echo is LOCKED: connections ended by themselves: 3, closed: 1\n");
  }

  @Test
  void a_plan_names_what_else_would_be_touched() throws Exception {
    assertThat(shell.run("libctl plan /srv/echo.jar"))
        .isEqualTo(
            """
            Service  Library  Version  Replaces  Touches
            echo     -        1.1.0    1.0.0
            """);
    shell.host.touched.addAll(List.of("chat 2.0.0", "rand 1.0.0"));
    assertThat(shell.run("libctl plan /srv/echo.jar")).endsWith("  chat 2.0.0; rand 1.0.0\n");
    JsonObject plan =
        JsonParser.parseString(shell.run("libctl plan --json /srv/echo.jar"))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(plan.get("replaces").getAsString()).isEqualTo("1.0.0");
    assertThat(plan.get("touches").getAsJsonArray()).hasSize(2);
  }

  @Test
  void a_library_that_was_installed_is_shown_with_whom_it_has_restarted() throws Exception {
    assertThat(shell.run("libctl install /srv/library.jar"))
        .isEqualTo(
            """
            Library     Version  Replaced  Restarted
            org.shared  2.0.0    1.0.0
            """);
    shell.host.touched.addAll(List.of("chat", "rand"));
    assertThat(shell.run("libctl install --force /srv/library.jar"))
        .isEqualTo(
            """
            Library     Version  Replaced  Restarted
            org.shared  2.0.0    1.0.0     chat; rand
            connections ended by themselves: 3, closed: 1
            """);
  }

  @Test
  void a_relative_path_counts_from_the_hosts_folder() throws Exception {
    shell.run("libctl plan services/echo.jar");
    assertThat(shell.host.calls)
        .containsExactly("plan " + Path.of("services/echo.jar").toAbsolutePath().toUri());
  }

  @ParameterizedTest
  @CsvSource({
    "libctl install echo.jar, install file:///here/echo.jar",
    "libctl install --force ../echo.jar, install file:///here/../echo.jar by force",
    "slipway:libctl plan target/echo.jar, plan file:///here/target/echo.jar",
    "libctl install /srv/echo.jar, install file:///srv/echo.jar",
    "libctl install file:echo.jar, install file:echo.jar",
    "libctl history echo.jar, history echo.jar",
  })
  void a_relative_path_counts_from_where_the_caller_is(String line, String call) throws Exception {
    shell.session.put(Caller.DIRECTORY, Path.of("/here"));
    shell.run(line);
    assertThat(shell.host.calls).containsExactly(call);
  }

  @Test
  void a_deploy_is_shown_as_history_shows_it() throws Exception {
    String local =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .format(Instant.parse("2026-01-02T03:04:05Z").atZone(ZoneId.systemDefault()));
    assertThat(shell.run("libctl install https://example.org/echo.jar").lines())
        .containsExactly(
            "Service  Version  Time                 By       Digest        "
                + "Source                        Outcome",
            "echo     1.1.0    "
                + local
                + "  install  9f86d081884c  https://example.org/echo.jar"
                + "  serves");
    assertThat(shell.run("libctl history echo").lines().skip(1))
        .containsExactly(
            "echo     1.2.0    "
                + local
                + "  file     9f86d081884c  services/echo.jar"
                + "             failed: it registers no service",
            "echo     1.1.0    "
                + local
                + "  install  9f86d081884c  https://example.org/echo.jar"
                + "  serves");
    assertThat(shell.run("libctl rollback echo")).contains("  rollback  ");
    assertThat(shell.run("libctl history echo --json"))
        .contains("\"time\":\"2026-01-02T03:04:05.678Z\"", "\"digest\":\"9f86d081884c7d659a2fe");
  }

  @Test
  void leaks_are_listed_and_a_failure() throws Exception {
    assertThat(shell.run("libctl leaks"))
        .isEqualTo("Service  Version  Bundle  Gone since  Holders\n");
    assertThat(shell.run("libctl leaks --json")).isEqualTo("[]\n");
    Instant gone = Instant.parse("2026-01-02T03:04:05.678Z");
    shell.host.leaks.add(
        new Leak("chat", "1.0.0", 17, gone, List.of("thread a", "timer b"), false));
    assertRefused("libctl leaks", "1 version is gone but still in memory");
    assertThat(shell.written()).endsWith("  thread a; timer b\n");
    shell.host.leaks.add(new Leak("chat", "1.1.0", 19, gone, List.of(), false));
    assertRefused("libctl leaks --json", "2 versions are gone but still in memory");
    assertThat(shell.written())
        .contains("\"gone\":\"2026-01-02T03:04:05.678Z\",\"holders\":[\"thread a\",\"timer b\"]}")
        .contains("\"holders\":[]}");
  }

  @Test
  void what_a_library_keeps_of_one_version_is_listed_and_no_failure() throws Exception {
    Instant gone = Instant.parse("2026-01-02T03:04:05.678Z");
    String place = "org.example.lib 1.2.0: static org.example.Cache.SEEN";
    shell.host.leaks.add(new Leak("chat", "1.0.0", 17, gone, List.of(place), true));
    assertThat(shell.run("libctl leaks"))
        .endsWith(
            "  "
                + place
                + "\n1 version is held by static memory of libraries alone, one of a service: it"
                + " does not grow\n");
    assertThat(JsonParser.parseString(shell.run("libctl leaks --json")).getAsJsonArray())
        .hasSize(1);
    shell.host.leaks.add(new Leak("echo", "1.0.0", 18, gone, List.of(place), true));
    assertThat(shell.run("libctl leaks")).contains("\n2 versions are held by static memory");
    shell.host.leaks.add(new Leak("chat", "1.1.0", 19, gone, List.of(), false));
    assertRefused("libctl leaks", "1 version is gone but still in memory");
  }

  @Test
  void acserv_ps_shows_a_unix_acceptor_without_a_port() throws Exception {
    assertThat(shell.run("acserv ps"))
        .isEqualTo(
            """
            IP                       Port  State  Name   Service  Connections  Transport   Reason
            127.0.0.1                2000  START  main   -                  1  epoll/tcp
            unix:var/run/admin.sock     -  START  admin  admin              1  epoll/unix
            """);
    JsonObject unix =
        JsonParser.parseString(shell.run("acserv ps --json"))
            .getAsJsonArray()
            .get(1)
            .getAsJsonObject();
    assertThat(unix.has("port")).isFalse();
    assertThat(unix.get("service").getAsString()).isEqualTo("admin");
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
        "libctl state echo 1 --timeout 5s | libctl state: --timeout with STATE LOCKED: allowed with 2 WAITLOCKED alone; see: libctl state --help",
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
        "wait --timeout | wait: DURATION is missing behind --timeout; see: wait --help",
        "help nothing | help: unknown command nothing; try: help",
      })
  void a_wrong_argument_is_refused_with_what_is_allowed(String line, String message) {
    assertRefused(line, message);
    assertThat(shell.host.calls).isEmpty();
  }

  @Test
  void what_is_neither_a_file_nor_a_url_is_refused() {
    String allowed =
        ": allowed is a file, or a URL such as https://example.org/echo.jar; see: libctl plan"
            + " --help";
    assertRefused("libctl plan ''", "libctl plan: FILE|URL \"\"" + allowed);
    assertRefused("libctl plan 'http://a b'", "libctl plan: FILE|URL http://a b" + allowed);
    assertRefused(
        "libctl install",
        "libctl install: FILE|URL is missing; allowed is libctl install FILE|URL; "
            + "see: libctl install --help");
  }

  @Test
  void a_message_repeats_no_control_characters_and_no_novels() {
    assertThatThrownBy(() -> shell.run("libctl state echo \"\u001b[31m\""))
        .hasMessageContaining("STATE ?[31m: allowed");
    assertThatThrownBy(() -> shell.run("libctl " + "x".repeat(5000)))
        .hasMessageContaining("unknown verb xxx")
        .satisfies(failure -> assertThat(failure.getMessage().length()).isLessThan(200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libctl",
        "libctl ps",
        "libctl state",
        "libctl plan",
        "libctl install",
        "libctl rollback",
        "libctl history",
        "libctl leaks",
        "acserv",
        "acserv state",
        "statistics",
        "connections",
        "connections close",
        "start",
        "stop",
        "problems",
        "wait",
        "shutdown",
        "exit",
        "help"
      })
  void every_command_and_verb_has_help_in_plain_text(String command) throws Exception {
    String help = shell.run(command + " --help");
    assertThat(help).startsWith("Usage: " + command).contains("--help").doesNotContain("\u001b");
    assertThat(help.lines()).allMatch(line -> line.length() <= 80);
    assertThat(shell.host.calls).isEmpty();
  }

  @Test
  void help_lists_the_hosts_commands_first_and_forgets_those_that_have_gone() throws Exception {
    shell.desk.add("felix", "gone", (session, arguments) -> null);
    shell.desk.forget("felix", "gone");
    String help = shell.run("help");
    assertThat(help.lines().findFirst())
        .hasValue(
            "libctl       Shows the services, changes their states and deploys new versions.");
    assertThat(help).contains("\nfelix: help stop\n", "\ntest: upper\n").doesNotContain("gone");
    assertThat(help.lines().limit(10))
        .hasSize(10)
        .allMatch(line -> line.matches("[a-z]+ {2,}[A-Z].*\\."));
  }

  @Test
  void help_explains_a_command_of_the_host_or_asks_gogo() throws Exception {
    assertThat(shell.run("help libctl")).isEqualTo(shell.run("libctl --help"));
    assertThat(shell.run("help slipway:stop")).isEqualTo(shell.run("stop --help"));
    assertThat(shell.run("help felix:stop")).isEqualTo("felix helps with [felix:stop]\n");
  }

  @Test
  void other_commands_of_the_same_name_are_reached_with_their_scope() throws Exception {
    assertThat(shell.run("felix:stop 7")).isEqualTo("felix stops [7]");
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

  @Test
  void pause_and_resume_take_one_port_or_all_and_show_the_acceptors() throws Exception {
    assertThat(shell.run("pause 2000"))
        .isEqualTo(
            """
            IP         Port  State  Name  Service  Connections  Transport  Reason
            127.0.0.1  2000  STOP   main  -                  1  epoll/tcp
            """);
    assertThat(shell.run("resume")).contains("START");
    shell.run("pause");
    shell.run("resume main");
    assertThat(shell.host.calls)
        .containsExactly("pause 2000", "resume all", "pause all", "resume main");
    assertThatThrownBy(() -> shell.run("pause 1 2")).hasMessageContaining("allowed is pause");
  }
}

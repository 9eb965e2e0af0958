package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.admin.DeployAdmin.Leak;
import slipway.command.Caller;
import slipway.command.CommandException;

/** The verbs of {@code libctl} that deploy. */
class DeployCommandsTest {

  private final Shell shell = new Shell();

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void a_plan_names_what_else_would_be_touched() throws Exception {
    assertThat(shell.run("libctl plan /srv/echo.jar"))
        .isEqualTo(
            """
            Service  Library  Version  Replaces  Runs  Touches
            echo     -        1.1.0    1.0.0     -
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
  void what_a_version_goes_on_with_is_told_before_and_after() throws Exception {
    shell.host.runs = "3 worlds with 200 sessions";
    assertThat(shell.run("libctl plan /srv/echo.jar")).contains("  3 worlds with 200 sessions");
    assertThat(shell.run("libctl install /srv/echo.jar"))
        .endsWith("echo 1.1.0 goes on with 3 worlds with 200 sessions\n");
    assertThat(shell.run("libctl rollback echo"))
        .endsWith("echo 1.0.0 goes on with 3 worlds with 200 sessions\n");
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

  private void assertRefused(String line, String message) {
    assertThatThrownBy(() -> shell.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessage(message);
  }
}

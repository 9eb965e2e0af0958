package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.admin.DeployAdmin.Refused;
import slipway.admin.RefusedFile;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;

/** What {@code libctl} shows of services. */
class LibctlTest {

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
                + "|rate = 0: allowed is 1; the last good configuration stays in force",
            "org.kv.cfg|0|REFUSED|-|-|-|is empty; nothing of it is in force");
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
}

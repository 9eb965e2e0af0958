package slipway.shell.commands.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  private final Shell shell = new Shell();

  @AfterEach
  void close() {
    shell.close();
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
}

package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.config.InvalidConfiguration;
import slipway.server.config.text.IniText;

class IniMappingTest {

  private static final ConfigurationId A = new ConfigurationId("slipway.acceptor", "a");

  private static Map<String, Map<String, Object>> read(String text) throws Exception {
    Map<String, Map<String, Object>> values = new TreeMap<>();
    IniMapping.read(IniText.parse(text))
        .definitions()
        .forEach((id, definition) -> values.put(id.cmPid(), definition.values()));
    return values;
  }

  @Test
  void readsTheSeedsFile() throws Exception {
    String text =
        """
        [main]                                                    # the main section
        accept_servers = accept_server_main, accept_server_double # threads
        startup = ./Services/echo.dll, .\\Services\\time.DLL, rand # libraries
        default = ./Services/echo.dll                             # not used

        [accept_server_main]                                      # name
        port = 2000                                               # port
        ip = 0.0.0.0                                              # IP

        [accept_server_double]
        port = 2020
        ip = 0.0.0.0
        service = time

        [not_used]
        port = abc
        """;
    assertThat(read(text))
        .isEqualTo(
            Map.of(
                "slipway.acceptor~accept_server_main",
                Map.of(
                    "port", "2000", "ip", "0.0.0.0", "service", "echo", "service.override", "true"),
                "slipway.acceptor~accept_server_double",
                Map.of("port", "2020", "ip", "0.0.0.0", "service", "time"),
                "slipway.service~echo",
                Map.of("state", "FIXED"),
                "slipway.service~time",
                Map.of("state", "FIXED"),
                "slipway.service~rand",
                Map.of("state", "FIXED")));
  }

  @Test
  void anAcceptorNeedsNoKeys() throws Exception {
    assertThat(read("[main]\naccept_servers = a\n[a]\n"))
        .isEqualTo(Map.of("slipway.acceptor~a", Map.of()));
  }

  @Test
  void warnsOfUnknownKeysInMain() throws Exception {
    assertThat(IniMapping.read(IniText.parse("[main]\nstart = echo\n")).warnings())
        .containsExactly(
            "[main] key start is unknown and ignored;"
                + " known are accept_servers, default, startup");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[a]\\nport=1 | has no section [main]: allowed is one with accept_servers, default, startup",
        "[main]\\naccept_servers = a, b\\n[a]\\n | [main] accept_servers = b: allowed is the name of"
            + " a section that is there: a",
        "[main]\\nstartup = ./Services/.dll | [main] startup = ./Services/.dll: allowed is a service",
        "[main]\\ndefault = a b | [main] default = a b: allowed is a service such as",
      })
  void refusesWithSectionKeyAndValue(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void writesChangesIntoTheSection() throws Exception {
    String text = "[main]\naccept_servers = a\n[a]\nport = 1 # one\nstate = STOP\n";
    IniText ini = IniText.parse(text);
    assertThat(IniMapping.change(ini, A, Map.of("port", "2", "backlog", 5)).text())
        .isEqualTo("[main]\naccept_servers = a\n[a]\nport = 2 # one\nbacklog = 5\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"time", ""})
  void aServiceOfItsOwnEndsWhatCameByDefault(String service) throws Exception {
    IniText ini = IniText.parse("[main]\naccept_servers = a\ndefault = echo\n[a]\n");
    Map<String, Object> wanted = Map.of("service", service, "service.override", "true");
    IniText changed = IniMapping.change(ini, A, wanted);
    assertThat(read(changed.text())).isEqualTo(Map.of("slipway.acceptor~a", wanted));
  }

  @Test
  void aServiceThatCameByDefaultCanBeTakenAway() throws Exception {
    IniText ini = IniText.parse("[main]\naccept_servers = a\ndefault = echo\n[a]\n");
    assertThat(read(IniMapping.change(ini, A, Map.of()).text()))
        .isEqualTo(Map.of("slipway.acceptor~a", Map.of("service", "")));
  }

  @Test
  void removesNamesAndKeepsSections() throws Exception {
    String text =
        "[main]\naccept_servers = a, b # two\nstartup = ./Services/echo.dll, time\n[a]\n[b]\n";
    IniText ini = IniText.parse(text);
    assertThat(IniMapping.remove(ini, A).text())
        .isEqualTo(text.replace("= a, b # two", "= b    # two"));
    assertThat(IniMapping.remove(ini, new ConfigurationId("slipway.service", "echo")).text())
        .isEqualTo(text.replace("./Services/echo.dll, time", "time"));
  }
}

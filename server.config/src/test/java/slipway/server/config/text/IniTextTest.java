package slipway.server.config.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.config.InvalidConfiguration;

class IniTextTest {

  private static final String TEXT =
      """
      # the host
      [main]                       # the main section
      accept_servers = a, b        # two of them
      startup = ./Services/echo.dll ; fixed

      [a]   ; the first
      port = 2000                  # its port
      ip=0.0.0.0
      path = unix:var/a#b;c

      # the second
      [b]
      port = 2020""";

  @Test
  void readsValuesWithoutTheCommentsBehindThem() throws Exception {
    IniText ini = IniText.parse(TEXT);
    assertThat(ini.sections()).containsExactly("main", "a", "b");
    assertThat(ini.section("main"))
        .containsExactly(
            Map.entry("accept_servers", "a, b"), Map.entry("startup", "./Services/echo.dll"));
    assertThat(ini.section("a"))
        .isEqualTo(Map.of("port", "2000", "ip", "0.0.0.0", "path", "unix:var/a#b;c"));
    assertThat(ini.section("b")).isEqualTo(Map.of("port", "2020"));
    assertThat(ini.text()).isEqualTo(TEXT);
  }

  @Test
  void changesAValueAndLeavesItsCommentInItsColumn() throws Exception {
    IniText ini = IniText.parse(TEXT);
    assertThat(ini.with("a", "port", "20000").text())
        .isEqualTo(
            TEXT.replace("port = 2000                  #", "port = 20000                 #"));
    assertThat(ini.with("main", "startup", "").text())
        .isEqualTo(
            TEXT.replace("startup = ./Services/echo.dll ;", "startup =                     ;"));
    assertThat(ini.with("main", "startup", "./Services/echo.dll, time").text())
        .contains("startup = ./Services/echo.dll, time ; fixed\n");
    assertThat(ini.with("a", "ip", "::1").text()).isEqualTo(TEXT.replace("0.0.0.0", "::1"));
  }

  @Test
  void addsAKeyBehindTheLastOneOfItsSection() throws Exception {
    assertThat(IniText.parse(TEXT).with("a", "state", "STOP").text())
        .isEqualTo(TEXT.replace("#b;c\n", "#b;c\nstate = STOP\n"));
    assertThat(IniText.parse(TEXT).with("b", "state", "STOP").text())
        .isEqualTo(TEXT + "\nstate = STOP\n");
    assertThat(IniText.parse("[a]").with("a", "x", "1").text()).isEqualTo("[a]\nx = 1\n");
  }

  @Test
  void keepsWindowsLineEnds() throws Exception {
    String text = "[a]\r\nport = 1 # one\r\nempty =\r\n";
    IniText ini = IniText.parse(text);
    assertThat(ini.section("a")).isEqualTo(Map.of("port", "1", "empty", ""));
    assertThat(ini.with("a", "port", "2").with("a", "empty", "3").with("a", "x", "4").text())
        .isEqualTo("[a]\r\nport = 2 # one\r\nempty = 3\r\nx = 4\r\n");
  }

  @Test
  void removesAKey() throws Exception {
    IniText ini = IniText.parse(TEXT).without("a", "port");
    assertThat(ini.section("a")).doesNotContainKey("port");
    assertThat(ini.section("b")).containsKey("port");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port = 1 | line 1: allowed is [section]",
        "[a]\\nhello | line 2: allowed is [section]",
        "[a]\\n= 1 | line 2: allowed is [section]",
        "[a | line 1: allowed is [section]",
        "[] | line 1: allowed is [section]",
        "[ | line 1: allowed is [section]",
        "[a]\\n[b]\\n[a] | [a] is there twice: allowed is once",
        "[a]\\nx=1\\nx=2 | [a] x is there twice: allowed is once",
      })
  void refusesWhatIsMalformed(String text, String message) {
    assertThatThrownBy(() -> IniText.parse(text.replace("\\n", "\n")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a # b", "; b", "a\nb"})
  void refusesAValueThatItCouldNotReadAgain(String value) throws Exception {
    IniText ini = IniText.parse(TEXT);
    assertThatThrownBy(() -> ini.with("a", "port", value))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("port = ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b", "a\nport", "# a", "[a]", "a # b", ""})
  void refusesAKeyThatItCouldNotReadAgain(String key) throws Exception {
    IniText ini = IniText.parse("[a]\nport = 1\n");
    assertThatThrownBy(() -> ini.with("a", key, "2")).isInstanceOf(InvalidConfiguration.class);
  }
}

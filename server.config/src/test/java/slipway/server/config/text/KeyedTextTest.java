package slipway.server.config.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.config.InvalidConfiguration;

class KeyedTextTest {

  private static KeyedText cfg(String text) throws InvalidConfiguration {
    return KeyedText.parse(new CfgSyntax(), text);
  }

  private static KeyedText typed(String text) throws InvalidConfiguration {
    return KeyedText.parse(new TypedSyntax(), text);
  }

  private static String changed(KeyedText text, String key, Object value) throws Exception {
    Map<String, Object> wanted = new TreeMap<>(text.values());
    wanted.put(key, value);
    return text.with(wanted).text();
  }

  @Test
  void readsWhatPropertiesReads() throws Exception {
    String text =
        "# comment\n! too\n\nport = 2000\n  ip:127.0.0.1  \nservice echo\nempty\n"
            + "long = one, \\\n    two\nkey\\ with\\=signs = \\u00e4 \\\\ \\t.\nname = Grüße\n";
    assertThat(cfg(text).values())
        .isEqualTo(
            Map.of(
                "port", "2000",
                "ip", "127.0.0.1",
                "service", "echo",
                "empty", "",
                "long", "one, two",
                "key with=signs", "ä \\ \t.",
                "name", "Grüße"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "# only\n# comments",
        "a = 1",
        "a = 1\r\nb = 2\r\n",
        "\uFEFFa = 1\n",
        "a = 1, \\\n 2\\\n",
        "  a\t:\tb  \n#c\\\nd=e\n"
      })
  void leavesATextThatIsNotChangedAsItIs(String text) throws Exception {
    assertThat(cfg(text).text()).isEqualTo(text);
    assertThat(cfg(text).with(cfg(text).values()).text()).isEqualTo(text);
  }

  @Test
  void changesAValueAndNothingElse() throws Exception {
    String text = "# the main one\n\n  port : 2000\nip=127.0.0.1\n# the end\n";
    assertThat(changed(cfg(text), "port", "2001")).isEqualTo(text.replace("2000", "2001"));
    assertThat(changed(cfg(text), "ip", "::1")).isEqualTo(text.replace("127.0.0.1", "::1"));
  }

  @Test
  void replacesAValueOfSeveralLines() throws Exception {
    assertThat(changed(cfg("a = 1, \\\n    2\nb = 3\n"), "a", "4")).isEqualTo("a = 4\nb = 3\n");
  }

  @Test
  void givesAKeyWithoutAValueOne() throws Exception {
    assertThat(changed(cfg("service\n"), "service", "echo")).isEqualTo("service = echo\n");
    assertThat(changed(cfg("service =\n"), "service", "echo")).isEqualTo("service = echo\n");
  }

  @Test
  void addsNewKeysAtTheEndAlsoBehindALineWithoutAnEnd() throws Exception {
    assertThat(changed(cfg("a = 1"), "b", "2")).isEqualTo("a = 1\nb = 2\n");
  }

  @Test
  void keepsWindowsLineEnds() throws Exception {
    KeyedText text = cfg("# c\r\na = 1\r\n");
    assertThat(changed(text, "a", "2")).isEqualTo("# c\r\na = 2\r\n");
    assertThat(changed(text, "b", "2")).isEqualTo("# c\r\na = 1\r\nb = 2\r\n");
  }

  @Test
  void removesTheLineOfAKeyThatIsNotWanted() throws Exception {
    assertThat(cfg("a = 1\n# of b\nb = 2\n").with(Map.of("b", "2")).text())
        .isEqualTo("# of b\nb = 2\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "Grüße 日本",
        "back\\slash",
        "two\nlines",
        "tab\t",
        "",
        "a=b:c #d!",
        "\u0007"
      })
  void readsBackWhatItWrites(String value) throws Exception {
    for (KeyedText text : List.of(cfg("a = 1\n"), typed("a=\"1\"\n"))) {
      Syntax syntax = text.text().contains("\"") ? new TypedSyntax() : new CfgSyntax();
      for (String key : List.of("a", "b.c", "key of=signs")) {
        KeyedText again = KeyedText.parse(syntax, changed(text, key, value));
        String expected = syntax instanceof CfgSyntax ? value.strip() : value;
        assertThat(again.values().get(key)).isEqualTo(expected);
      }
    }
  }

  @Test
  void doesNotTakeTheKeysOfConfigAdminForValues() throws Exception {
    assertThat(cfg("service.pid = x\nport = 1\n").values()).isEqualTo(Map.of("port", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a = 1\\n\\nA = 2 | key A is in line 1 and in line 3: allowed is once",
        "a = 1\\n = 2 | line 2 has no key: allowed is key = value",
        "a = \\u12 | line 1: a \\u without four hexadecimal digits",
      })
  void refusesWhatIsMalformedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> cfg(text.replace("\\n", "\n")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsTypes() throws Exception {
    String text =
        "# typed\nport=I\"2000\"\nflag = B\"true\"\nnames=[ \\\n  \"a\", \\\n  \"b\", \\\n  ]\nt=\"x\"\n";
    Map<String, Object> values = typed(text).values();
    assertThat(values)
        .containsEntry("port", 2000)
        .containsEntry("flag", true)
        .containsEntry("t", "x")
        .containsEntry("names", new String[] {"a", "b"});
    assertThat(typed(text).with(values).text()).isEqualTo(text);
  }

  @Test
  void keepsTypesAndLayoutWhenATypedValueIsChanged() throws Exception {
    String text = "# typed\nport = I\"2000\"\nnames=[ \\\n  \"a\", \\\n  ]\nstate=\"START\"";
    assertThat(changed(typed(text), "port", "2001")).isEqualTo(text.replace("2000", "2001"));
    assertThat(changed(typed(text), "state", "STOP")).isEqualTo(text.replace("START", "STOP"));
    KeyedText names = typed(changed(typed(text), "names", new String[] {"b", "c"}));
    assertThat(names.values()).containsEntry("names", new String[] {"b", "c"});
    assertThat(names.text()).startsWith("# typed\nport = I\"2000\"\nnames=[ \\\n  \"b\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"port = 2000", "port=I\"abc\"", "port=\"20", "port", "a=\"b=c\"", "a=[\"b\""})
  void refusesWhatFelixDoesNotUnderstand(String line) {
    assertThatThrownBy(() -> typed("ok=\"1\"\n" + line + "\n"))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageStartingWith("line 2: not in the form of a .config file: allowed is");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=b",
        "a:b",
        "a b",
        "#a",
        "!a",
        "a\\",
        "a\\=b",
        "a\nport = 1",
        "a\r\nb",
        "\ta",
        "a\0",
        "grüße"
      })
  void aKeyOfAnyCharactersIsOneLineOfACfgFile(String key) throws Exception {
    Map<String, Object> wanted = Map.of(key, "1", "state", "a\nport = 2\\\n#");
    String text = KeyedText.parse(new CfgSyntax(), "# one\n").with(wanted).text();
    assertThat(text.lines()).hasSize(3);
    assertThat(KeyedText.parse(new CfgSyntax(), text).values()).isEqualTo(wanted);
    assertThat(changed(KeyedText.parse(new CfgSyntax(), text), key, "x\ry"))
        .isEqualTo(
            KeyedText.parse(new CfgSyntax(), "# one\n")
                .with(Map.of(key, "x\ry", "state", "a\nport = 2\\\n#"))
                .text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"# a", "a\n", "\na", ""})
  void aKeyThatWouldBeReadAsSomethingElseIsRefused(String key) {
    assertThatThrownBy(() -> typed("ok=\"1\"\n").with(Map.of("ok", "1", key, 2)))
        .isInstanceOf(InvalidConfiguration.class);
  }
}

package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.config.InvalidConfiguration;

class ConfFileTest {

  @ParameterizedTest
  @CsvSource({
    "slipway.core.cfg, slipway.core",
    "slipway.core.config, slipway.core",
    "slipway.acceptor-main.cfg, slipway.acceptor~main",
    "slipway.acceptor~main.config, slipway.acceptor~main",
    "slipway.acceptor-a-b~c.cfg, slipway.acceptor~a-b~c",
    "slipway.acceptor~a-b.cfg, slipway.acceptor~a-b",
  })
  void aNameSaysWhichConfiguration(String name, String pid) throws Exception {
    assertThat(ConfFile.of(name).orElseThrow().id().cmPid()).isEqualTo(pid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".x.cfg", ".#x.cfg", "x.cfg~", "logback.xml", "x.ini", "cfg", ".x.cfg.123.tmp"})
  void otherFilesAreNoConfigurations(String name) {
    assertThat(ConfFile.of(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slipway.acceptor-.cfg", "-main.cfg", "~.cfg"})
  void aNameWithoutAPidOrANameIsRefused(String name) {
    assertThatThrownBy(() -> ConfFile.of(name).orElseThrow().id())
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("allowed is PID.cfg, FACTORY-NAME.cfg or FACTORY~NAME.cfg");
  }

  @Test
  void aNewFileIsNamedAfterItsConfiguration() throws Exception {
    ConfigurationId id = new ConfigurationId("slipway.acceptor", "main");
    assertThat(ConfFile.forNew(id, false).name()).isEqualTo("slipway.acceptor-main.cfg");
    assertThat(ConfFile.forNew(id, true).name()).isEqualTo("slipway.acceptor-main.config");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/b", "a\\b", "a\0b", "a\nb"})
  void aNameThatIsNoFileNameIsRefused(String name) {
    assertThatThrownBy(() -> ConfFile.forNew(new ConfigurationId("slipway.x", name), false))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("allowed is what can be part of a file's name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-b", "a~b", "", ".hidden"})
  void aPidThatNoFileNameGivesIsRefused(String pid) {
    assertThatThrownBy(() -> ConfFile.forNew(new ConfigurationId(pid, "x"), false))
        .isInstanceOf(InvalidConfiguration.class);
  }
}

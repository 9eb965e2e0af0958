package slipway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @interface Config {
    int port() default 2000;

    String idle_timeout() default "60s";

    boolean discovery() default false;

    String db_password() default "";

    String[] names() default {"a", "b"};
  }

  private static Settings of(Map<String, ?> properties) {
    return Settings.of(Config.class, properties);
  }

  @Test
  void givesTheDefaultsOfTheAnnotation() throws Exception {
    Settings settings = of(Map.of());
    assertThat(settings.integer("port", 0, 65_535)).isEqualTo(2000);
    assertThat(settings.duration("idle.timeout", Duration.ZERO, Duration.ofDays(1)))
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.flag("discovery")).isFalse();
    assertThat(settings.texts("names")).containsExactly("a", "b");
  }

  @Test
  void readsTextAndTypedValuesAlike() throws Exception {
    assertThat(of(Map.of("port", " 3000 ")).integer("port", 0, 65_535)).isEqualTo(3000);
    assertThat(of(Map.of("port", 3000)).integer("port", 0, 65_535)).isEqualTo(3000);
    assertThat(of(Map.of("discovery", true)).flag("discovery")).isTrue();
    assertThat(of(Map.of("discovery", "TRUE")).flag("discovery")).isTrue();
    assertThat(of(Map.of("names", "x, y,")).texts("names")).containsExactly("x", "y");
    assertThat(of(Map.of("names", List.of("x", "y"))).texts("names")).containsExactly("x", "y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"70000", "-1", "abc", "", "1.5"})
  void refusesWhatIsNoPortAndSaysWhatIsAllowed(String port) {
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> of(Map.of("port", port)).integer("port", 0, 65_535))
        .withMessage("port = " + port + ": allowed is a whole number from 0 to 65535");
  }

  @Test
  void refusesDurationsWithoutUnitAndOutOfRange() {
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(
            () ->
                of(Map.of("idle.timeout", "60"))
                    .duration("idle.timeout", Duration.ZERO, Duration.ofDays(1)))
        .withMessageContaining("idle.timeout = 60: allowed is " + Durations.FORM);
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(
            () ->
                of(Map.of("idle.timeout", "2d"))
                    .duration("idle.timeout", Duration.ZERO, Duration.ofDays(1)))
        .withMessageContaining("a duration from 0s to 1d");
  }

  @Test
  void namesUnknownKeysButNotThoseOfTheFramework() {
    assertThat(
            of(Map.of(
                    "prot",
                    "1",
                    "port",
                    "1",
                    "service.pid",
                    "x",
                    "felix.fileinstall.filename",
                    "y"))
                .unknown())
        .containsExactly("prot");
  }

  @Test
  void neverShowsASecretOrControlCharacters() {
    assertThat(of(Map.of("db.password", "hunter2")).refused("db.password", "longer"))
        .hasMessage("db.password = (not shown): allowed is longer");
    assertThat(new InvalidConfiguration("port", "\u001b[2J\n", "a number"))
        .hasMessage("port = ?[2J?: allowed is a number");
  }
}

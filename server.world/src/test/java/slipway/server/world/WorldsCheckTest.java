package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

class WorldsCheckTest {

  private static Settings settings(Map<String, Object> properties) {
    return Settings.of(WorldsConfig.class, properties);
  }

  @Test
  void withoutAConfigurationThereIsALoopForEachProcessorExceptOne() throws Exception {
    LoopsRule rule = LoopsRule.of(settings(Map.of()));
    assertThat(rule).isEqualTo(LoopsRule.usual());
    assertThat(rule.count()).isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    assertThat(rule.spin()).isZero();
  }

  @Test
  void whatIsConfiguredHolds() throws Exception {
    assertThat(LoopsRule.of(settings(Map.of("loops", "3", "spin", "100"))))
        .isEqualTo(new LoopsRule(3, Duration.ofNanos(100_000)));
  }

  @ParameterizedTest
  @CsvSource({"loops, -1, 0 to 1024", "loops, 1025, 0 to 1024", "spin, 101, 0 to 100"})
  void aWrongValueIsRefusedWithWhatIsAllowed(String key, String value, String allowed) {
    assertThatThrownBy(() -> new WorldsCheck().check("", settings(Map.of(key, value))))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining(key + " = " + value)
        .hasMessageContaining(allowed);
    assertThat(LoopsRule.read(Map.of(key, value))).isEmpty();
  }
}

package slipway.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.world.Overrun;
import slipway.world.WorldSpec;

class WorldCheckTest {

  private final WorldCheck check = new WorldCheck();

  private static Settings settings(String... pairs) {
    Map<String, Object> properties = new HashMap<>();
    for (String pair : pairs) {
      properties.put(pair.split("=")[0].strip(), pair.split("=", 2)[1].strip());
    }
    return Settings.of(WorldConfig.class, properties);
  }

  @Test
  void whatIsNotConfiguredIsAsTheServiceWants() throws Exception {
    WorldSpec asked = WorldSpec.game("arena").fps(30).heartbeat(Duration.ofSeconds(7));
    assertThat(WorldRule.of(settings()).apply(asked)).isEqualTo(asked);
  }

  @Test
  void whatIsConfiguredHolds() throws Exception {
    WorldRule rule =
        WorldRule.of(
            settings(
                "fps = 60",
                "packets.per.frame = 5",
                "overrun = catch-up 3",
                "heartbeat.timeout = 40s",
                "max.sessions = 100",
                "loop = 1",
                "park = true"));
    assertThat(rule.apply(WorldSpec.game("arena")))
        .isEqualTo(
            WorldSpec.game("arena")
                .fps(60)
                .packetsPerFrame(5)
                .overrun(Overrun.catchUp(3))
                .heartbeat(Duration.ofSeconds(40))
                .maxSessions(100));
    assertThat(rule.loop()).isEqualTo(1);
    assertThat(rule.park()).isTrue();
    assertThat(WorldRule.of(settings()).park()).isFalse();
    assertThat(WorldRule.of(settings("overrun = stretch")).overrun()).contains(Overrun.stretch());
    assertThat(WorldRule.of(settings("overrun = skip")).overrun()).contains(Overrun.skip());
    assertThat(WorldRule.of(settings("heartbeat.timeout = 0")).heartbeat()).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "fps=-1,                 0 to 240",
    "fps=241,                0 to 240",
    "packets.per.frame=10001, 0 to 10000",
    "overrun=hurry,          catch-up 5",
    "overrun=catch-up 0,     catch-up 5",
    "overrun=catch-up,       catch-up 5",
    "heartbeat.timeout=-1s,  heartbeat.timeout",
    "max.sessions=1048577,   0 to 1048576",
    "loop=-1,                0 to 1024",
    "park=perhaps,           park"
  })
  void aWrongValueIsRefusedWithWhatIsAllowed(String pair, String allowed) {
    assertThatThrownBy(() -> check.check("arena", settings(pair)))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining(allowed);
  }

  @Test
  void aNameThatNoWorldHasIsRefused() {
    assertThatThrownBy(() -> check.check("a b", settings()))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining(WorldSpec.NAME_FORM);
  }
}

package slipway.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldSpecTest {

  @Test
  void theUsualIsOfASchool() {
    assertThat(WorldSpec.auth("login").packetsPerFrame()).isEqualTo(1);
    assertThat(WorldSpec.game("arena"))
        .isEqualTo(
            new WorldSpec("arena", WorldKind.GAME, 25, 32, Overrun.skip(), Duration.ZERO, 10_000));
  }

  @Test
  void eachValueCanBeAnother() {
    WorldSpec spec =
        WorldSpec.game("arena")
            .fps(60)
            .packetsPerFrame(3)
            .overrun(Overrun.catchUp(5))
            .heartbeat(Duration.ofSeconds(40))
            .maxSessions(7);
    assertThat(spec)
        .isEqualTo(
            new WorldSpec(
                "arena", WorldKind.GAME, 60, 3, Overrun.catchUp(5), Duration.ofSeconds(40), 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "-a", "a b", "a/b", "ä", "a\n"})
  void aNameIsPlain(String name) {
    assertThatThrownBy(() -> WorldSpec.game(name)).hasMessageContaining(WorldSpec.NAME_FORM);
  }

  @Test
  void aWrongValueSaysWhatIsAllowed() {
    WorldSpec arena = WorldSpec.game("arena");
    assertThatThrownBy(() -> arena.fps(0)).hasMessage("fps = 0: allowed is 1 to 240");
    assertThatThrownBy(() -> arena.fps(241)).hasMessage("fps = 241: allowed is 1 to 240");
    assertThatThrownBy(() -> arena.packetsPerFrame(0))
        .hasMessage("packets.per.frame = 0: allowed is 1 to 10000");
    assertThatThrownBy(() -> arena.maxSessions(-1))
        .hasMessage("max.sessions = -1: allowed is 1 to 1048576");
    assertThatThrownBy(() -> arena.heartbeat(Duration.ofSeconds(-1)))
        .hasMessage("heartbeat.timeout = PT-1S: allowed is 0 or more");
    assertThatThrownBy(() -> Overrun.catchUp(0)).hasMessage("catch-up 0: allowed is 1 or more");
  }
}

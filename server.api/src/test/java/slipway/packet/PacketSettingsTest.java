package slipway.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketSettingsTest {

  private static PacketSettings settings(Duration heartbeat, int rate, int burst, int in, int out) {
    return new PacketSettings(PacketFormat.lan(9), heartbeat, rate, burst, false, in, out);
  }

  @Test
  void theLeastAndTheLongestAreAllowed() {
    assertThatNoException().isThrownBy(() -> settings(Duration.ZERO, 0, 1, 1024, 1024));
    assertThatNoException().isThrownBy(() -> settings(Duration.ofDays(365), 0, 1, 1024, 1024));
  }

  @Test
  void aSessionOutlivesItsConnectionForADayAtMost() {
    PacketSettings usual = PacketSettings.usual();
    assertThat(usual.resumes()).isFalse();
    assertThat(usual.resume(Duration.ofDays(1), 1024).resumes()).isTrue();
    assertThatThrownBy(() -> usual.resume(Duration.ofHours(25), 1024))
        .hasMessage("resume.window = 25h: allowed is 0s to 1d");
    assertThatThrownBy(() -> usual.resume(Duration.ZERO, 1023))
        .hasMessage("resume.buffer = 1023: allowed is 1024 or more");
  }

  @ParameterizedTest
  @CsvSource({
    "PT-1S, 0, 1, 1024, 1024, heartbeat.timeout = -1s: allowed is 0s to 365d",
    "PT9000H, 0, 1, 1024, 1024, heartbeat.timeout = 375d: allowed is 0s to 365d",
    "PT0S, -1, 1, 1024, 1024, packet.rate = -1: allowed is 0 or more",
    "PT0S, 0, 0, 1024, 1024, packet.burst = 0: allowed is 1 or more",
    "PT0S, 0, 1, 1023, 1024, inbox.limit = 1023: allowed is 1024 or more",
    "PT0S, 0, 1, 1024, 1023, outbox.limit = 1023: allowed is 1024 or more"
  })
  void whatIsOutOfBoundsIsRefusedWithItsName(
      Duration heartbeat, int rate, int burst, int in, int out, String message) {
    assertThatThrownBy(() -> settings(heartbeat, rate, burst, in, out)).hasMessage(message);
  }
}

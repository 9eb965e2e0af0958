package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.server.core.usage.Shares;

class ServiceCheckTest {

  private static Settings said(Map<String, String> values) {
    return Settings.of(ServiceConfig.class, values);
  }

  private static void check(String name, Map<String, String> values) throws InvalidConfiguration {
    new ServiceCheck().check(name, said(values));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max.cpu.share  | 101    | max.cpu.share = 101: allowed is a whole number from 0 to 100
          max.cpu.share  | 50%    | max.cpu.share = 50%: allowed is a whole number from 0 to 100
          max.heap.share | -1     | max.heap.share = -1: allowed is a whole number from 0 to 100
          share.window   | 9s     | share.window = 9s: allowed is a duration from 10s to 1h
          share.window   | 61m    | share.window = 61m: allowed is a duration from 10s to 1h
          over           | ignore | over = ignore: allowed is warn or lock
          """)
  void sharesThatAreNoneAreRefusedWithWhatIsAllowed(String key, String value, String message) {
    assertThatThrownBy(() -> check("echo", Map.of(key, value)))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage(message);
  }

  @Test
  void sharesAreRead() throws Exception {
    assertThat(Shares.of(said(Map.of()))).isEqualTo(Shares.UNLIMITED);
    assertThat(
            Shares.of(
                said(
                    Map.of(
                        "max.cpu.share", "50",
                        "max.heap.share", "30",
                        "share.window", "2m",
                        "over", "Lock"))))
        .isEqualTo(new Shares(50, 30, Duration.ofMinutes(2), Shares.Over.LOCK));
  }

  @Test
  void theServiceOfOperatorsMayBeWarnedOfAndIsNotLocked() {
    Map<String, String> limited = Map.of("state", "FIXED", "max.cpu.share", "50");
    assertThatCode(() -> check("admin", limited)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("admin", Map.of("state", "FIXED", "over", "lock")))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage(
            "over = lock: allowed is warn:"
                + " operators reach the host through this service, so it is not locked");
  }
}

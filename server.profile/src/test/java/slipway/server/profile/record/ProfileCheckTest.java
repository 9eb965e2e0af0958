package slipway.server.profile.record;

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

class ProfileCheckTest {

  private final ProfileCheck check = new ProfileCheck();

  private void check(Map<String, String> values) throws InvalidConfiguration {
    check.check("", Settings.of(ProfileConfig.class, values));
  }

  @Test
  void whatIsNotConfiguredHasDefaults() {
    assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    assertThat(RecordRule.usual())
        .isEqualTo(new RecordRule(false, Duration.ofMinutes(30), 100L << 20));
  }

  @ParameterizedTest
  @CsvSource({
    "record, yes, true or false",
    "record.age, 59s, a duration from 1m to 7d",
    "record.age, soon, a whole number",
    "record.size, 19, a whole number from 20 to 100000",
    "record.size, 100001, a whole number from 20 to 100000",
  })
  void valuesThatCouldNotTakeEffectAreRefused(String key, String value, String allowed) {
    assertThatThrownBy(() -> check(Map.of(key, value)))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContainingAll(key, value, allowed);
  }
}

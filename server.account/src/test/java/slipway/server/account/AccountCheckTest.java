package slipway.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.server.account.password.HashCost;

class AccountCheckTest {

  private static final Machine MACHINE = new Machine(4, 256L << 20);

  @Test
  void theDefaultsAreWhatOwaspAsksFor() throws Exception {
    AccountSettings settings = of(Map.of());
    assertThat(settings.cost()).isEqualTo(new HashCost(19 * 1024, 2, 1));
    assertThat(settings.shortest()).isEqualTo(6);
    assertThat(settings.threads()).isEqualTo(1);
    assertThat(settings.limit()).isEqualTo(101);
  }

  @Test
  void theDefaultsFitIntoASmallHeap() throws Exception {
    AccountSettings.of(Settings.of(AccountConfig.class, Map.of()), new Machine(1, 48L << 20));
  }

  @ParameterizedTest
  @CsvSource({
    "password.min, 0, from 1 to 128",
    "password.min, 129, from 1 to 128",
    "hash.memory, 0, from 1 to 1024",
    "hash.memory, 129, at most 128 with hash.threads = 1",
    "hash.iterations, 0, from 1 to 100",
    "hash.iterations, two, from 1 to 100",
    "hash.threads, 0, from 1 to 4",
    "hash.threads, 5, from 1 to 4",
    "hash.queue, 0, from 1 to 100000",
    "address.queue, 0, from 1 to 100000",
    "address.registrations, 0, from 1 to 1000000",
    "registrations.window, 0, a duration from 1s to 365d",
    "registrations.window, hourly, a whole number with ms"
  })
  void aValueThatCouldNotTakeEffectIsRefused(String key, String value, String allowed) {
    assertThatThrownBy(() -> of(Map.of(key, value)))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageStartingWith(key + " = " + value + ": allowed is ")
        .hasMessageContaining(allowed);
  }

  @Test
  void allThreadsTogetherTakeAtMostHalfOfTheHeap() throws Exception {
    assertThat(of(Map.of("hash.memory", "32", "hash.threads", "4")).threads()).isEqualTo(4);
    assertThatThrownBy(() -> of(Map.of("hash.memory", "33", "hash.threads", "4")))
        .hasMessage(
            "hash.memory = 33: allowed is at most 32 with hash.threads = 4, half of the heap");
  }

  private static AccountSettings of(Map<String, String> properties) throws InvalidConfiguration {
    return AccountSettings.of(Settings.of(AccountConfig.class, properties), MACHINE);
  }
}

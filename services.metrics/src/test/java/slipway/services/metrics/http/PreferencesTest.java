package slipway.services.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {

  @ParameterizedTest
  @CsvSource({
    "gzip,                              1",
    "'deflate, GZIP;q=0.5',             0.5",
    "'gzip; q=0',                       0",
    "'gzip;level=9;q=0.25 , br',        0.25",
    "'gzip;q=2',                        0",
    "'gzip;q=nonsense',                 0",
    "'gzip;q=NaN',                      0",
    "',,gzip',                          1",
    "'gzip;q=0.1,gzip;q=0.7',           0.7",
  })
  void aNameHasItsWeight(String header, double weight) {
    assertThat(Preferences.of(List.of(header)).weight("gzip")).hasValue(weight);
  }

  @ParameterizedTest
  @CsvSource({"''", "br", "';q=1'", "gzipped", "';'"})
  void ofOtherNamesNothingIsSaid(String header) {
    assertThat(Preferences.of(List.of(header)).weight("gzip")).isEqualTo(OptionalDouble.empty());
  }
}

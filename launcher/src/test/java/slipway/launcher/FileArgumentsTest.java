package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileArgumentsTest {

  @ParameterizedTest
  @CsvSource({
    "libctl install echo.jar, libctl install /here/echo.jar",
    "libctl install --force ../echo.jar, libctl install --force /here/../echo.jar",
    "slipway:libctl plan target/echo.jar, slipway:libctl plan /here/target/echo.jar",
    "users add ann --password-file secret, users add ann --password-file /here/secret",
    "slipway:users passwd --password-file=../s ann, slipway:users passwd"
        + " --password-file=/here/../s ann",
  })
  void aRelativePathCountsFromWhereTheCallerIs(String words, String sent) {
    assertThat(absolute(words)).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({
    "libctl install /srv/echo.jar",
    "libctl install https://example.org/echo.jar",
    "libctl install file:echo.jar",
    "libctl install --force",
    "libctl install",
    "libctl history echo",
    "libctl state install 1",
    "acserv install x",
    "users add ann --password-file /srv/secret",
    "users add ann --password-file",
    "users ban ann 1h spam",
  })
  void anythingElseIsSentAsItIs(String words) {
    assertThat(absolute(words)).isEqualTo(words);
  }

  private static String absolute(String words) {
    return String.join(" ", FileArguments.absolute(List.of(words.split(" ")), Path.of("/here")));
  }
}

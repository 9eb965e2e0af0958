package slipway.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNamesTest {

  @ParameterizedTest
  @CsvSource({
    "echo, echo",
    "' echo ', echo",
    "./Services/echo.dll, echo",
    ".\\Services\\echo.DLL, echo",
    "/opt/services/my-service_2.dll, my-service_2",
    "a.b, a.b",
  })
  void readsANameAlsoAsThePathOfALibrary(String text, String name) {
    assertThat(ServiceNames.parse(text)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".dll",
        "-x",
        "a b",
        "ä",
        "a/",
        "../..",
        "../x",
        "../../x",
        "a/../x.dll",
        "..\\x",
        "n\u0000",
        "a\nb"
      })
  void refusesWhatIsNoName(String text) {
    assertThat(ServiceNames.parse(text)).isEmpty();
    assertThat(ServiceNames.parse("n".repeat(65))).isEmpty();
    assertThat(ServiceNames.parse("n".repeat(64))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "a..b", "my-service_2", "v1.2"})
  void bundlesWriteANameAsItIs(String text) {
    assertThat(ServiceNames.isName(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"games/chess", "chess.dll", "./chess", " chess", "", "../chess", "."})
  void bundlesDoNotWriteANameAsAPath(String text) {
    assertThat(ServiceNames.isName(text)).isFalse();
  }
}

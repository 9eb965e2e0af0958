package slipway.server.acceptor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

class AcceptorCheckTest {

  private final AcceptorCheck check = new AcceptorCheck();

  private static Settings settings(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int index = 0; index < keysAndValues.length; index += 2) {
      values.put(keysAndValues[index], keysAndValues[index + 1]);
    }
    return Settings.of(AcceptorConfig.class, values);
  }

  @Test
  void refusesAnAddressThatAnotherAcceptorHas() {
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(
            () ->
                check.check(
                    "two",
                    settings("ip", "0.0.0.0", "port", "3000"),
                    Map.of("one", settings("port", "3000"))))
        .withMessage(
            "port = 0.0.0.0:3000: allowed is an address that no other acceptor has;"
                + " this one is that of acceptor one");
    assertThatCode(
            () ->
                check.check(
                    "two", settings("port", "3001"), Map.of("one", settings("port", "3000"))))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesToServeOperatorsOnAnythingButAUnixDomainSocket() {
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> check.check("admin", settings("service", "admin")))
        .withMessageStartingWith("ip = 127.0.0.1: allowed is unix:PATH");
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> check.check("metrics", settings("audience", "operators")))
        .withMessageStartingWith("ip = 127.0.0.1: allowed is unix:PATH");
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(
            () ->
                check.check("admin", settings("ip", "unix:a", "service", "admin", "state", "STOP")))
        .withMessageStartingWith("state = STOP: allowed is START");
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(
            () ->
                check.check("admin", settings("ip", "unix:a", "service", "admin", "stages", "tls")))
        .withMessageStartingWith("stages = tls: allowed is nothing");
  }

  @Test
  void operatorsMayBeServedElsewhereByAServiceThatDoesNotCommandTheHost() {
    assertThatCode(
            () ->
                check.check(
                    "metrics",
                    settings(
                        "audience",
                        "operators",
                        "service",
                        "metrics",
                        "state",
                        "STOP",
                        "stages",
                        "tls")))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(
            () ->
                check.check(
                    "x", settings("audience", "operators", "service", "./Services/admin.dll")))
        .withMessageStartingWith("ip = 127.0.0.1: allowed is unix:PATH");
  }

  @Test
  void refusesNamesThatWouldBeNoFileNames() {
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> check.check("../x", settings()))
        .withMessageStartingWith("name = ../x: allowed is");
  }
}

package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisspellingTest {

  private static final List<String> KNOWN = List.of("idle.timeout", "ip", "port", "state");

  @ParameterizedTest
  @CsvSource({
    "Port, port",
    "PORT, port",
    "prot, port",
    "pOtr, port",
    "opRt, port",
    "por, port",
    "ort, port",
    "pport, port",
    "porta, port",
    "part, port",
    "p ort, port",
    "sate, state",
    "stqte, state",
    "IP, ip",
    "pi, ip",
    "idle_timeout, idle.timeout",
    "idle.timeuot, idle.timeout",
    "idletimeout, idle.timeout",
  })
  void caseAndOneLetterAreSlips(String key, String meant) {
    assertThat(Misspelling.meant(key, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ports.", "tropt", "prto.", "comment", "sttae1", "idle.time", "x", ""})
  void anythingElseCanBeMeant(String key) {
    assertThat(Misspelling.meant(key, KNOWN)).isEmpty();
  }
}

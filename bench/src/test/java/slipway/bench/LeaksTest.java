package slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaksTest {

  @Test
  void eachVersionIsALineWithWhatHoldsIt() {
    String json =
        """
        [{"service": "world", "version": "1.0.1", "bundle": 50, "gone": "2026-11-27T12:12:00Z",
          "holders": ["thread data-1"]},
         {"service": "world", "version": "1.0.2", "bundle": 51, "gone": "2026-11-27T12:13:00Z",
          "holders": []}]
        """;
    assertThat(Leaks.parse(json))
        .containsExactly("world 1.0.1: [\"thread data-1\"]", "world 1.0.2: []");
    assertThat(Leaks.parse("[]")).isEmpty();
  }
}

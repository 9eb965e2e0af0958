package slipway.bots.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @Test
  void aNameOrAnAddressAndAPortAreRead() {
    assertThat(Target.parse("localhost:3000")).isEqualTo(new Target("localhost", 3000));
    assertThat(Target.parse("127.0.0.1:65535")).isEqualTo(new Target("127.0.0.1", 65535));
    assertThat(Target.parse("[::1]:1")).isEqualTo(new Target("::1", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:3000", "[::1]:1"})
  void itIsWrittenAsItIsRead(String text) {
    assertThat(Target.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "localhost", "localhost:", ":3000", "a:0", "a:65536", "a:x", "::1:3"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Target.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("allowed is HOST:PORT");
  }
}

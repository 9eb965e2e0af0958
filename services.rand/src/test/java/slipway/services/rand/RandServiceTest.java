package slipway.services.rand;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RandServiceTest {

  @RepeatedTest(1000)
  void givesANonNegativeInteger() {
    assertThat(Integer.parseInt(RandService.reply("rand").orElseThrow())).isNotNegative();
  }

  @Test
  void anythingElseEndsTheConnection() {
    assertThat(RandService.reply("random")).isEmpty();
  }
}

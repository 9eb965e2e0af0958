package slipway.services.rand;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import slipway.service.Delimiter;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

class RandServiceTest {

  @RepeatedTest(1000)
  void givesANonNegativeInteger() {
    assertThat(Integer.parseInt(RandService.reply("rand").orElseThrow())).isNotNegative();
  }

  @Test
  void anythingElseEndsTheConnection() {
    assertThat(RandService.reply("random")).isEmpty();
  }

  @Test
  void aClientIsGivenNumbersUntilItSaysSomethingElse() {
    try (TestHost host = new TestHost("rand", new RandService())) {
      TestConnection client = host.connect(Delimiter.NUL);
      assertThat(client.send("rand\0rand\0").received()).matches("[0-9]+\0[0-9]+\0");
      assertThat(client.send("random\0").awaitClosed()).isEmpty();
    }
  }
}

package slipway.examples.shout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

class ShoutServiceTest {

  @Test
  void aClientHearsInCapitalsWhatItSays() {
    try (TestHost host = new TestHost("shout", new ShoutService())) {
      TestConnection client = host.connect();
      client.send("quietly, ").send("please\n");
      assertThat(client.readUntil("\n")).isEqualTo("QUIETLY, PLEASE\n");
      client.send("bye");
      client.endOutput();
      assertThat(client.awaitClosed()).isEqualTo("BYE");
    }
  }

  @Test
  void aCharacterMayComeInTwoPieces() {
    byte[] text = "é".getBytes(UTF_8);
    try (TestHost host = new TestHost("shout", new ShoutService())) {
      TestConnection client = host.connect();
      client.send(new byte[] {text[0]}).send(new byte[] {text[1]});
      client.endOutput();
      assertThat(new String(client.awaitClosed().getBytes(ISO_8859_1), UTF_8)).isEqualTo("É");
    }
  }
}

package slipway.services.echo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.service.Delimiter;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

class EchoServiceTest {

  private final TestHost host = new TestHost("echo", new EchoService());

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void anEmptyMessageEndsTheConnectionIfMessagesAreDelimited() {
    TestConnection client = host.connect(Delimiter.NUL);
    client.send("one\0two\0");
    assertThat(client.received()).isEqualTo("one\0two\0");
    client.send("three\0\0four");
    assertThat(client.received()).isEqualTo("three\0");
    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void ifNothingIsDelimitedEveryByteIsSentBack() {
    TestConnection client = host.connect();
    client.send("one\0\0\n\ntwo");
    assertThat(client.received()).isEqualTo("one\0\0\n\ntwo");
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void anotherVersionGoesOnWithinAMessage() {
    TestConnection client = host.connect(Delimiter.LF);
    client.send("half a message");
    host.handOver(new EchoService());
    client.send("\n");
    assertThat(client.received()).isEqualTo("half a message\n");
    assertThat(client.isOpen()).isTrue();
    client.send("\n");
    assertThat(client.isOpen()).isFalse();
  }
}

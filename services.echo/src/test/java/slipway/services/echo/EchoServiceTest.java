package slipway.services.echo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import slipway.service.Connection;
import slipway.service.Delimiter;

class EchoServiceTest {

  private final EmbeddedChannel client = new EmbeddedChannel();

  private void connect(Delimiter delimiter) throws Exception {
    Connection connection =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "delimiter" -> Optional.ofNullable(delimiter);
                      case "channel" -> client;
                      case "finish" -> {
                        client.flush();
                        yield client.close();
                      }
                      default -> throw new AssertionError("not for echo: " + method);
                    });
    new EchoService().attach(connection);
  }

  private String echo(String text) {
    client.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    ByteBuf bytes = client.readOutbound();
    try {
      return bytes.toString(US_ASCII);
    } finally {
      bytes.release();
    }
  }

  @Test
  void anEmptyMessageEndsTheConnectionIfMessagesAreDelimited() throws Exception {
    connect(Delimiter.NUL);
    assertThat(echo("one\0two\0")).isEqualTo("one\0two\0");
    assertThat(echo("three\0\0four")).isEqualTo("three\0");
    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void ifNothingIsDelimitedEveryByteIsSentBack() throws Exception {
    connect(null);
    assertThat(echo("one\0\0\n\ntwo")).isEqualTo("one\0\0\n\ntwo");
    assertThat(client.isOpen()).isTrue();
  }
}

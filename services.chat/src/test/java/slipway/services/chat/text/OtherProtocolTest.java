package slipway.services.chat.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherProtocolTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1",
        "GET /",
        "POST",
        "PROPFIND /x HTTP/1.1",
        "get / HTTP/1.0",
        "HTTP/1.1 200 OK",
        "Host: localhost:3000",
        "Host:",
        " POST /x HTTP/1.1",
        "PRI * HTTP/2.0"
      })
  void aRequestOrAHeaderIsHttp(String line) {
    assertThat(OtherProtocol.of(bytes(line))).contains("HTTP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann secret one",
        "Post a secret",
        "postman",
        "",
        "get",
        "ann pass:word",
        "ann http://x",
        "Å\u00e9 x",
        "ann a b c"
      })
  void aNameAndAPasswordAreTheChats(String line) {
    assertThat(OtherProtocol.of(bytes(line))).isEmpty();
  }

  @Test
  void othersAreKnownByTheirFirstBytes() {
    assertThat(OtherProtocol.of(new byte[] {0x16, 3, 1, 2})).contains("TLS");
    assertThat(OtherProtocol.of(bytes("SSH-2.0-OpenSSH_9.9"))).contains("SSH");
    assertThat(OtherProtocol.of(bytes("PROXY TCP4 192.0.2.1 192.0.2.2 1 2"))).isNotEmpty();
  }
}

package slipway.examples.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import slipway.service.GoingAway;
import slipway.service.Service;
import slipway.testkit.HandOffs;
import slipway.testkit.OwnClasses;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

class WebSocketServiceTest {

  private static final String UPGRADE =
      """
      GET /echo HTTP/1.1\r
      Host: x\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;

  private static List<Service> versions() {
    return List.of(
        OwnClasses.make(WebSocketService.class),
        OwnClasses.make(WebSocketService.class),
        OwnClasses.make(WebSocketService.class));
  }

  private static HandOffs client() {
    return new HandOffs(WebSocketServiceTest::versions);
  }

  private static String answer(String status, String body) {
    return "HTTP/1.1 %s\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  private static String digest(String body) throws Exception {
    byte[] bytes = body.getBytes(ISO_8859_1);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    return HexFormat.of().formatHex(digest) + " " + bytes.length + "\n";
  }

  /** A client's frame (RFC 6455, 5.2). */
  private static String frame(int first, String content) {
    StringBuilder frame = new StringBuilder();
    frame.append((char) first).append((char) (0x80 | content.length())).append("\1\2\3\4");
    for (int at = 0; at < content.length(); at++) {
      frame.append((char) (content.charAt(at) ^ at % 4 + 1));
    }
    return frame.toString();
  }

  @Test
  void uploadsAreHandedOverAtEveryByte() throws Exception {
    assertThat(
            client()
                .saying("PUT /digest HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
                .saying("5\r\nhello\r\n")
                .saying("7\r\n, world\r\n0\r\n\r\n")
                .saying("PUT /digest HTTP/1.1\r\nContent-Length: 4\r\n\r\na\0\r\n")
                .saying("GET / HTTP/1.1\r\nConnection: close\r\n\r\nand more")
                .atEveryByte())
        .isEqualTo(
            answer("200 OK", digest("hello, world"))
                + answer("200 OK", digest("a\0\r\n"))
                + "HTTP/1.1 404 Not Found\r\ncontent-type: text/plain; charset=utf-8\r\n"
                + "content-length: 0\r\nconnection: close\r\n\r\n");
  }

  @Test
  void framesAreHandedOverAtEveryByteFromTheUpgradeOn() throws Exception {
    String heard =
        client()
            .saying(UPGRADE)
            .saying(frame(0x81, "hello"))
            .saying(frame(0x02, "in ") + frame(0x00, "three ") + frame(0x89, "ping"))
            .saying(frame(0x80, "parts") + frame(0x81, ""))
            .saying(frame(0x88, "\3\350"))
            .atEveryByte();
    assertThat(heard)
        .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
        .endsWith("\r\n\r\n\201\5hello\212\4ping\202\16in three parts\201\0\210\2\3\350");
  }

  @Test
  void whatCannotBeReadIsRefused() throws Exception {
    assertThat(client().saying("nonsense\r\n\r\nPUT /digest HTTP/1.1\r\n\r\n").atEveryByte())
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .endsWith("connection: close\r\n\r\n");
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOn() throws Exception {
    assertThat(
            client()
                .saying("PUT /digest HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
                .saying("a")
                .saying("POST /digest HTTP/1.1\r\nContent-Length: 1\r\n\r\na")
                .atEveryByte())
        .isEqualTo(
            "HTTP/1.1 100 Continue\r\n\r\n"
                + answer("200 OK", digest("a"))
                + answer("405 Method Not Allowed", ""));
  }

  private static GoingAway news(boolean last) {
    return new GoingAway(GoingAway.Reason.HOST_ENDS, last, Optional.empty());
  }

  @Test
  void aWebSocketIsToldThatItsServerGoesAway() {
    try (TestHost host = new TestHost("websocket", new WebSocketService())) {
      TestConnection client = host.connect();
      assertThat(client.send(UPGRADE).received()).startsWith("HTTP/1.1 101 ");
      host.goingAway(news(false));
      assertThat(client.received()).isEmpty();
      host.goingAway(news(true));
      assertThat(client.received()).isEqualTo("\210\26\3\351Endpoint unavailable");
      assertThat(client.isOpen()).isFalse();
    }
  }

  @Test
  void theLastAnswerBeforeTheServerGoesAwaySaysSo() {
    try (TestHost host = new TestHost("websocket", new WebSocketService())) {
      TestConnection client = host.connect();
      client.send("PUT /digest HTTP/1.1\r\nContent-Length: 1\r\n\r\n");
      host.goingAway(news(false));
      client.send("a");
      assertThat(client.received()).startsWith("HTTP/1.1 200 OK").contains("connection: close\r\n");
      assertThat(client.isOpen()).isFalse();
    }
  }
}

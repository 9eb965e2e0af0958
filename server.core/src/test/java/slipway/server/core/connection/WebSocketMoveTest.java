package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpServerCodec;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A connection whose codecs have changed the pipeline by themselves: HTTP's are gone. */
class WebSocketMoveTest {

  private static final byte[] UPGRADE =
      """
      GET /ws HTTP/1.1\r
      Host: x\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """
          .getBytes(US_ASCII);

  /** A frame of a client (RFC 6455, 5.2), masked with zeros. */
  private static byte[] frame(int first, String text) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    frame.write(0x80 | text.length());
    frame.writeBytes(new byte[4]);
    frame.writeBytes(text.getBytes(US_ASCII));
    return frame.toByteArray();
  }

  private static byte[] talk() {
    ByteArrayOutputStream talk = new ByteArrayOutputStream();
    talk.writeBytes(frame(0x81, "hello"));
    talk.writeBytes(frame(0x01, "in two "));
    talk.writeBytes(frame(0x80, "parts"));
    talk.writeBytes(frame(0x81, "bye"));
    return talk.toByteArray();
  }

  private static String answer(String text) {
    return "\u0081" + (char) text.length() + text;
  }

  private static MovedClient upgraded(String first, String second) throws Exception {
    MovedClient client =
        new MovedClient(VersionLoader.version(Sockets.class, first))
            .succeededBy("2.0.0", VersionLoader.version(Sockets.class, second));
    client.send(UPGRADE);
    assertThat(client.received()).startsWith("HTTP/1.1 101 ");
    return client;
  }

  @Test
  void atEachByteOfFragmentedFramesTheClientNoticesNothing() throws Exception {
    byte[] talk = talk();
    for (int cut = 0; cut <= talk.length; cut++) {
      MovedClient client = upgraded("v", "v");
      client.send(Arrays.copyOf(talk, cut));
      assertThat(client.move()).isCompleted();
      assertThat(client.version()).isEqualTo("2.0.0");
      client.send(Arrays.copyOfRange(talk, cut, talk.length));
      assertThat(client.received())
          .as("cut at %d", cut)
          .isEqualTo(answer("v:hello") + answer("v:in two parts") + answer("v:bye"));
      client.close();
    }
  }

  @Test
  void whatHasGoneByItselfIsNotPutInAgain() throws Exception {
    MovedClient client = upgraded("one", "two");
    client.move();
    assertThat(client.channel().pipeline().get(HttpServerCodec.class)).isNull();
    client.send(frame(0x81, "x"));
    assertThat(client.received()).isEqualTo(answer("two:x"));
    client.succeededBy("3.0.0", VersionLoader.version(Sockets.class, "three")).move();
    client.send(frame(0x81, "x"));
    assertThat(client.received()).as("and at the next move").isEqualTo(answer("three:x"));
    client.close();
  }

  @Test
  void beforeTheUpgradeHttpStaysAtEachByte() throws Exception {
    for (int cut = 0; cut <= UPGRADE.length; cut++) {
      MovedClient client =
          new MovedClient(VersionLoader.version(Sockets.class, "one"))
              .succeededBy("2.0.0", VersionLoader.version(Sockets.class, "two"));
      client.send(Arrays.copyOf(UPGRADE, cut));
      assertThat(client.move()).isCompleted();
      client.send(Arrays.copyOfRange(UPGRADE, cut, UPGRADE.length));
      assertThat(client.received()).as("cut at %d", cut).startsWith("HTTP/1.1 101 ");
      client.send(frame(0x81, "x"));
      assertThat(client.received()).isEqualTo(answer("two:x"));
      client.close();
    }
  }
}

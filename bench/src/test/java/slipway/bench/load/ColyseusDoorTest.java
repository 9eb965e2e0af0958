package slipway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import slipway.bench.load.ColyseusDoor.Seat;

class ColyseusDoorTest {

  private static final String SEAT =
      "{\"room\":{\"clients\":1,\"name\":\"meadow\",\"processId\":\"p1\",\"roomId\":\"r2\"},"
          + "\"sessionId\":\"s3\"}";

  @Test
  void aSeatIsInARoomOfAProcess() throws IOException {
    assertThat(Seat.parse(SEAT)).isEqualTo(new Seat("p1", "r2", "s3"));
  }

  @Test
  void anErrorIsNoSeat() {
    assertThatThrownBy(() -> Seat.parse("{\"code\":4210,\"error\":\"no room\"}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no room");
  }

  @Test
  void aSeatIsAskedForTakenAndConfirmed() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      CompletableFuture<byte[]> confirmed =
          CompletableFuture.supplyAsync(() -> serve(server), other);
      try (SocketChannel channel = new ColyseusDoor(server.getLocalPort()).open(0)) {
        assertThat(channel.isConnected()).isTrue();
        assertThat(confirmed.get()).containsExactly((byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 10);
      }
    }
  }

  private static byte[] serve(ServerSocket server) {
    try {
      try (Socket asks = server.accept()) {
        assertThat(head(asks)).startsWith("POST /matchmake/joinOrCreate/meadow HTTP/1.1\r\n");
        answer(asks, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + SEAT);
      }
      try (Socket takes = server.accept()) {
        assertThat(head(takes)).startsWith("GET /p1/r2?sessionId=s3 HTTP/1.1\r\n");
        answer(takes, "HTTP/1.1 101 Switching Protocols\r\n\r\n");
        takes.getOutputStream().write(new byte[] {(byte) 0x82, 2, 10, 0});
        return takes.getInputStream().readNBytes(7);
      }
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static String head(Socket from) throws IOException {
    InputStream in = from.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString();
  }

  private static void answer(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }
}

package slipway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import slipway.bench.measure.Frames;

class FrameClientTest {

  private static ByteBuffer packets() {
    return ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void send(Socket world, ByteBuffer packets) throws IOException {
    world.getOutputStream().write(packets.array(), 0, packets.position());
  }

  @Test
  void itTellsAndAsks() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FrameClient client = new FrameClient(server.getLocalPort(), 60);
        Socket world = server.accept()) {
      client.begin(1000, 20, 3);
      ByteBuffer told = packets().put(world.getInputStream().readNBytes(16)).flip();
      assertThat(told.getShort()).isEqualTo((short) 14);
      assertThat(told.getShort()).isEqualTo((short) 7000);
      assertThat(told.getInt()).isEqualTo(1000);
      assertThat(told.getInt()).isEqualTo(20);
      assertThat(told.getInt()).isEqualTo(3);

      ByteBuffer answer = packets();
      answer.putShort((short) 36).putShort((short) 7002).putShort((short) 2);
      answer.putLong(5).putLong(500).putLong(6).putLong(600);
      answer
          .putShort((short) 20)
          .putShort((short) 7002)
          .putShort((short) 1)
          .putLong(8)
          .putLong(800);
      answer.putShort((short) 4).putShort((short) 7002).putShort((short) 0);
      send(world, answer);
      Frames frames = client.end();
      assertThat(frames.fps()).isEqualTo(60);
      assertThat(frames.numbers()).containsExactly(5, 6, 8);
      assertThat(frames.nanos()).containsExactly(500, 600, 800);
    }
  }

  @Test
  void anotherAnswerIsAnError() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FrameClient client = new FrameClient(server.getLocalPort(), 60);
        Socket world = server.accept()) {
      send(world, packets().putShort((short) 4).putShort((short) 7002).putShort((short) 1));
      assertThatThrownBy(client::end).isInstanceOf(EOFException.class);
    }
  }
}

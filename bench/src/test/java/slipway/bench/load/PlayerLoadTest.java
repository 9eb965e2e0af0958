package slipway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PlayerLoadTest {

  private static final long SELF = ProcessHandle.current().pid();
  private static final int UPDATES = 5;

  /** A game that lets everybody into the meadow, and sends updates for each walk. */
  private static void play(Socket player) {
    try (player) {
      DataInputStream in = new DataInputStream(player.getInputStream());
      int frame = 7;
      while (true) {
        ByteBuffer packet = Framing.buffer(64);
        packet.put(in.readNBytes(Short.reverseBytes(in.readShort()))).flip();
        switch (packet.getShort()) {
          case 6000 -> send(player, zone("meadow", frame));
          case 6030 -> {
            byte[] zone = new byte[packet.get()];
            packet.get(zone);
            send(player, zone(new String(zone, StandardCharsets.US_ASCII), frame));
          }
          case 6010 -> {
            for (int i = 0; i < UPDATES; i++) {
              send(
                  player,
                  Framing.buffer(8).putShort((short) 6012).putInt(++frame).putShort((short) 0));
            }
          }
          default -> throw new IOException("an unknown packet");
        }
      }
    } catch (IOException gone) {
      // the load has closed it
    }
  }

  private static ByteBuffer zone(String name, int frame) {
    return Framing.buffer(64)
        .putShort((short) 6031)
        .put((byte) name.length())
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .putInt(frame)
        .putShort((short) 500)
        .putShort((short) 999);
  }

  private static void send(Socket player, ByteBuffer payload) throws IOException {
    ByteBuffer packet = Framing.buffer(80);
    Framing.LAN.write(payload.flip(), packet);
    player.getOutputStream().write(packet.array(), 0, packet.position());
  }

  @Test
  void playersGoToTheirZonesWalkAndCountUpdates() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        ExecutorService games = Executors.newVirtualThreadPerTaskExecutor()) {
      games.submit(
          () -> {
            for (int i = 0; i < 3; i++) {
              Socket player = server.accept();
              games.submit(() -> play(player));
            }
            return null;
          });
      try (PlayerLoad load = new PlayerLoad(SELF, new HostDoor(server.getLocalPort()), 3, 25)) {
        load.run(Duration.ZERO, Duration.ofMillis(1100));
        PlayerLoad.Result result = load.run(Duration.ZERO, Duration.ofMillis(1100));
        assertThat(result.players()).isEqualTo(3);
        assertThat(result.packets()).isGreaterThanOrEqualTo(3 * UPDATES);
        assertThat(result.bytes()).isGreaterThanOrEqualTo(10 * result.packets());
        assertThat(result.due()).isGreaterThanOrEqualTo(3 * UPDATES);
        assertThat(result.missed()).isPositive(); // between two walks
        assertThat(result.wrong()).isZero();
      }
    }
  }

  @Test
  void aClosedConnectionIsAnError() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      other.submit(
          () -> {
            Socket player = server.accept();
            player.getInputStream().readNBytes(2);
            player.close();
            return null;
          });
      HostDoor door = new HostDoor(server.getLocalPort());
      assertThatThrownBy(() -> new PlayerLoad(SELF, door, 1, 25))
          .hasMessageMatching("(?s).*(closed the connection of a player|reset).*");
    }
  }
}

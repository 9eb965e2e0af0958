package slipway.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The way into the host's game: a name and a password. Each name has the same player each time. */
public final class HostDoor implements Door {

  private static final short LOGIN = 6000;
  private static final byte[] PASSWORD = "bench-password".getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress address;

  /** Of a host whose acceptor leads to the game. */
  public HostDoor(int port) {
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public SocketChannel open(int player) throws IOException {
    byte[] name = String.format("player%05d", player).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer login = Framing.buffer(64).putShort(LOGIN);
    login.put((byte) name.length).put(name).put((byte) PASSWORD.length).put(PASSWORD).flip();
    ByteBuffer packet = Framing.buffer(64 + Framing.MOST_HEADER);
    framing().write(login, packet);
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.write(packet.flip());
    return channel;
  }

  @Override
  public Framing framing() {
    return Framing.LAN;
  }
}

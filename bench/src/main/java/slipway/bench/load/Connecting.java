package slipway.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Opens connections to an echo server, and sees to it that each is served. */
public final class Connecting {

  /** The host takes it as the name of a service and answers with it; an echo server does, too. */
  static final byte[] GREETING = "echo\n".getBytes(StandardCharsets.US_ASCII);

  /** Below every server's backlog, so that no connection has to be tried twice. */
  private static final int BATCH = 256;

  private Connecting() {}

  /** Opens blocking connections, each of which has been answered once. */
  public static List<SocketChannel> open(int port, int count) throws IOException {
    return open(port, count, GREETING, GREETING.length);
  }

  /**
   * Opens blocking connections, each of which has been answered once.
   *
   * @param greeting what is sent on each
   * @param answer how many bytes come back
   */
  static List<SocketChannel> open(int port, int count, byte[] greeting, int answer)
      throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    List<SocketChannel> all = new ArrayList<>(count);
    try {
      while (all.size() < count) {
        int from = all.size();
        int to = Math.min(count, from + BATCH);
        for (int i = from; i < to; i++) {
          SocketChannel channel = SocketChannel.open();
          all.add(channel);
          channel.connect(server);
          option(channel, StandardSocketOptions.TCP_NODELAY, true);
          channel.write(ByteBuffer.wrap(greeting));
        }
        for (SocketChannel channel : all.subList(from, to)) {
          answered(channel, greeting, answer);
        }
      }
      return all;
    } catch (IOException | RuntimeException failed) {
      close(all);
      throw failed;
    }
  }

  /** Of connections that were idle, how many are answered now, each within ten seconds. */
  public static int served(List<SocketChannel> channels) {
    return (int) channels.stream().map(SocketChannel::socket).filter(Connecting::isServed).count();
  }

  private static boolean isServed(Socket idle) {
    try {
      idle.setSoTimeout(10_000);
      idle.getOutputStream().write(GREETING);
      return Arrays.equals(idle.getInputStream().readNBytes(GREETING.length), GREETING);
    } catch (IOException lost) {
      return false;
    }
  }

  private static void answered(SocketChannel channel, byte[] greeting, int length)
      throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(length);
    while (answer.hasRemaining()) {
      if (channel.read(answer) < 0) {
        throw new IOException("the server has closed a new connection");
      }
    }
    if (greeting == GREETING && !answer.flip().equals(ByteBuffer.wrap(GREETING))) {
      throw new IOException(
          "the server answered the greeting with "
              + StandardCharsets.US_ASCII.decode(answer).toString().strip());
    }
  }

  /** Closes with a reset, which leaves nothing in the system that would wait for a minute. */
  public static void close(List<SocketChannel> channels) throws IOException {
    for (SocketChannel channel : channels) {
      if (channel.isConnected() && channel.isOpen()) {
        option(channel, StandardSocketOptions.SO_LINGER, 0);
      }
      channel.close();
    }
  }

  private static <T> void option(SocketChannel channel, SocketOption<T> option, T value)
      throws IOException {
    channel.setOption(option, value);
  }
}

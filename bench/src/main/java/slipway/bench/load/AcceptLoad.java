package slipway.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import slipway.bench.measure.Window;
import slipway.bench.measure.Window.Account;

/**
 * Short conversations: connect, name the service, read its reply, send one message, read its echo,
 * close. A number of them is under way at any time. Used by one thread.
 */
public final class AcceptLoad {

  private static final int MESSAGE = 128;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final long server;
  private final InetSocketAddress address;
  private final ByteBuffer name = direct(Connecting.GREETING);
  private final ByteBuffer message = direct(new byte[MESSAGE]);
  private final ByteBuffer input = ByteBuffer.allocateDirect(4 * MESSAGE);
  private Selector selector;
  private long completed;
  private int underWay;
  private boolean ending;

  /**
   * What came of it.
   *
   * @param connections that were served while the window was open
   */
  public record Result(long connections, Account account) {

    /** CPU time of the server for a connection, in microseconds. */
    public double serverMicros() {
      return account.serverMicros() / (double) connections;
    }

    /** Connections in a second. */
    public double rate() {
      return connections / account.seconds();
    }
  }

  private static final class Conversation {
    private boolean named;
    private int missing = Connecting.GREETING.length;
  }

  /**
   * A load on a server.
   *
   * @param server the process whose CPU time is accounted
   */
  public AcceptLoad(long server, int port) {
    this.server = server;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < MESSAGE; i++) {
      message.put(i, (byte) 'a');
    }
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /** Holds so many conversations at a time; returns when the last one has ended. */
  public Result run(int atOnce, Duration settle, Duration length) throws IOException {
    ending = false;
    try (Selector opened = Selector.open()) {
      selector = opened;
      for (int i = 0; i < atOnce; i++) {
        begin();
      }
      selectUntil(System.nanoTime() + settle.toNanos());
      long before = completed;
      Window window = Window.open(server);
      selectUntil(System.nanoTime() + length.toNanos());
      long connections = completed - before;
      Account account = window.close();
      ending = true;
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (underWay > 0) {
        if (System.nanoTime() > end) {
          throw new IOException("conversations did not end within " + PATIENCE);
        }
        selector.select(this::ready, 1);
      }
      return new Result(connections, account);
    }
  }

  private void selectUntil(long end) throws IOException {
    while (System.nanoTime() < end) {
      selector.select(this::ready, 1);
    }
  }

  private void begin() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    underWay++;
    Conversation conversation = new Conversation();
    if (channel.connect(address)) {
      channel.register(selector, SelectionKey.OP_READ, conversation);
      write(channel, name);
    } else {
      channel.register(selector, SelectionKey.OP_CONNECT, conversation);
    }
  }

  private void ready(SelectionKey key) {
    try {
      SocketChannel channel = (SocketChannel) key.channel();
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        write(channel, name);
      } else {
        read(channel, (Conversation) key.attachment());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void read(SocketChannel channel, Conversation conversation) throws IOException {
    int count = channel.read(input.clear());
    if (count < 0) {
      throw new IOException("the server has closed a connection");
    }
    conversation.missing -= count;
    if (conversation.missing < 0) {
      throw new IOException("more came back than was sent");
    }
    if (conversation.missing == 0 && !conversation.named) {
      conversation.named = true;
      conversation.missing = MESSAGE;
      write(channel, message);
    } else if (conversation.missing == 0) {
      channel.close();
      completed++;
      underWay--;
      if (!ending) {
        begin();
      }
    }
  }

  /** A new connection takes that much at once. */
  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    bytes.rewind();
    if (channel.write(bytes) < bytes.limit()) {
      throw new IOException("a new connection does not take " + bytes.limit() + " bytes");
    }
  }
}

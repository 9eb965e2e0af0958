package slipway.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import slipway.bench.measure.Window;
import slipway.bench.measure.Window.Account;

/** Messages of one size on connections that stay open. Used by one thread. */
public final class EchoLoad implements Closeable {

  private static final int READ = 256 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

  private final Selector selector = Selector.open();
  private final ByteBuffer input = ByteBuffer.allocateDirect(READ);
  private final List<SocketChannel> channels;
  private final Client[] clients;
  private final long server;
  private Answers answers = (client, intended) -> {};

  @FunctionalInterface
  private interface Answers {
    void answered(Client client, long intendedNanos) throws IOException;
  }

  /**
   * What one loop came to.
   *
   * @param messages that came back while the window was open
   * @param account CPU used in the window
   * @param latency in nanoseconds; null of a closed loop, which cannot tell it
   */
  public record Result(long messages, Account account, Histogram latency) {

    /** CPU time of the server for a message, in microseconds. */
    public double serverMicros() {
      return account.serverMicros() / (double) messages;
    }

    /** Messages in a second. */
    public double rate() {
      return messages / account.seconds();
    }
  }

  /**
   * Opens the connections.
   *
   * @param server the process whose CPU time is accounted
   */
  public EchoLoad(long server, int port, int connections, int messageBytes) throws IOException {
    this(server, Connecting.open(port, connections), letters(messageBytes));
  }

  /** Takes connections that are open; what comes back is as long as the message. */
  EchoLoad(long server, List<SocketChannel> open, ByteBuffer message) throws IOException {
    this.server = server;
    channels = open;
    int connections = open.size();
    List<Client> list = new ArrayList<>(connections);
    for (SocketChannel channel : channels) {
      channel.configureBlocking(false);
      Client client = new Client(channel, message);
      client.registered(channel.register(selector, SelectionKey.OP_READ, client));
      list.add(client);
    }
    clients = list.toArray(Client[]::new);
  }

  private static ByteBuffer letters(int count) {
    ByteBuffer message = ByteBuffer.allocateDirect(count);
    for (int i = 0; i < count; i++) {
      message.put(i, (byte) ('a' + i % 26));
    }
    return message;
  }

  /** One message of each connection is under way at any time. */
  public Result closedLoop(Duration settle, Duration length) throws IOException {
    long[] count = {0};
    boolean[] ending = {false};
    answers =
        (client, intended) -> {
          count[0]++;
          if (!ending[0]) {
            client.send(0);
          }
        };
    for (Client client : clients) {
      client.send(0);
    }
    selectUntil(System.nanoTime() + settle.toNanos());
    Window window = Window.open(server);
    long before = count[0];
    selectUntil(System.nanoTime() + length.toNanos());
    long messages = count[0] - before;
    Account account = window.close();
    ending[0] = true;
    awaitAnswers();
    return new Result(messages, account, null);
  }

  /** Messages are sent at a rate, on one connection after the other. */
  public Result openLoop(int perSecond, Duration settle, Duration length) throws IOException {
    long start = System.nanoTime();
    long from = start + settle.toNanos();
    long end = from + length.toNanos();
    Histogram latency = new Histogram(LONGEST_NANOS, 3);
    long[] count = {0};
    answers =
        (client, intended) -> {
          count[0]++;
          if (intended >= from) {
            latency.recordValue(Math.min(System.nanoTime() - intended, LONGEST_NANOS));
          }
        };
    long next = sendUntil(start, 0, from, perSecond);
    Window window = Window.open(server);
    long before = count[0];
    sendUntil(start, next, end, perSecond);
    long messages = count[0] - before;
    Account account = window.close();
    awaitAnswers();
    return new Result(messages, account, latency);
  }

  /**
   * Sends what is due before a moment, all of it: also if that was not noticed in time, it counts.
   * Spins, as a sleep would be longer than the times that are measured.
   */
  private long sendUntil(long start, long number, long end, int perSecond) throws IOException {
    long next = number;
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      next = sendDue(start, next, now, perSecond);
      selector.selectNow(this::ready);
    }
    return sendDue(start, next, end - 1, perSecond);
  }

  private long sendDue(long start, long number, long now, int perSecond) throws IOException {
    long next = number;
    long intended = start + next * 1_000_000_000L / perSecond;
    while (intended <= now) {
      clients[(int) (next % clients.length)].send(intended);
      next++;
      intended = start + next * 1_000_000_000L / perSecond;
    }
    return next;
  }

  private void selectUntil(long end) throws IOException {
    while (System.nanoTime() < end) {
      selector.select(this::ready, 1);
    }
  }

  private void awaitAnswers() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (Client client : clients) {
      while (client.underWay() > 0) {
        if (System.nanoTime() > end) {
          throw new IOException("messages did not come back within " + PATIENCE);
        }
        selector.select(this::ready, 1);
      }
    }
  }

  private void ready(SelectionKey key) {
    Client client = (Client) key.attachment();
    try {
      if (key.isWritable()) {
        client.write();
      }
      if (key.isReadable()) {
        read(client);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void read(Client client) throws IOException {
    int count = client.channel.read(input.clear());
    if (count < 0) {
      throw new IOException("the server has closed a connection");
    }
    for (int left = client.received(count); left >= 0; left = client.received(left)) {
      answers.answered(client, client.answered());
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    Connecting.close(channels);
  }
}

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
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.Histogram;
import slipway.bench.measure.Window;
import slipway.bench.measure.Window.Account;

/**
 * Sessions of a packet server, in LAN packets. The first of them publish in turns, at a steady
 * rate; all others are shown each packet, and each of its bytes is checked. Used by one thread.
 */
public final class PublishLoad implements Closeable {

  /** Length of a packet's payload. */
  public static final int PAYLOAD_BYTES = PublishPacket.PAYLOAD;

  private static final int READ = 64 * 1024;
  private static final int GREETING = 18;
  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

  private final Selector selector = Selector.open();
  private final Consumer<SelectionKey> ready = this::ready;
  private final ByteBuffer input = ByteBuffer.allocateDirect(READ);
  private final PublishPacket packet = new PublishPacket();
  private final List<PublishedCheck> checks = new ArrayList<>();
  private final List<SocketChannel> channels;
  private final long server;
  private final int publishers;
  private LongConsumer dues = due -> {};
  private long sent;
  private long deliveries;

  /**
   * What was seen.
   *
   * @param deliveries that arrived while the window was open
   * @param account CPU used in the window
   * @param latency nanoseconds from when a packet was due to its arrival at each session
   * @param lost deliveries that did not come, of all runs of this load
   * @param wrong packets that came changed, twice, out of order or to their publisher, likewise
   */
  public record Result(
      long deliveries, Account account, Histogram latency, long lost, long wrong) {}

  /**
   * Opens the sessions, each of which has been answered once.
   *
   * @param server the process whose CPU time is accounted
   * @param publishers how many of the sessions publish
   */
  public PublishLoad(long server, int port, int sessions, int publishers) throws IOException {
    this.server = server;
    this.publishers = publishers;
    byte[] greeting = PacketLoad.Format.LAN.packet(GREETING);
    channels = Connecting.open(port, sessions, greeting, greeting.length);
    for (int session = 0; session < sessions; session++) {
      PublishedCheck check = new PublishedCheck(session, publishers);
      checks.add(check);
      channels
          .get(session)
          .configureBlocking(false)
          .register(selector, SelectionKey.OP_READ, check);
    }
  }

  /** Publishes at a rate; returns when everything has arrived, or nothing more arrives. */
  public Result run(int perSecond, Duration length) throws IOException {
    Histogram latency = new Histogram(LONGEST_NANOS, 3);
    dues =
        due -> {
          deliveries++;
          latency.recordValue(Math.min(System.nanoTime() - due, LONGEST_NANOS));
        };
    long first = sent;
    long before = deliveries;
    Window window = Window.open(server);
    long start = System.nanoTime();
    LongUnaryOperator due = number -> start + (number - first) * 1_000_000_000L / perSecond;
    Pace pace =
        new Pace(selector, ready, due, number -> publish(number, due.applyAsLong(number)), first);
    sent = pace.sendUntil(start + length.toNanos());
    long delivered = deliveries - before;
    Account account = window.close();
    long expected = sent * (channels.size() - 1);
    pace.await(() -> deliveries, expected);
    return new Result(
        delivered,
        account,
        latency,
        expected - checks.stream().mapToLong(PublishedCheck::good).sum(),
        checks.stream().mapToLong(PublishedCheck::wrong).sum());
  }

  private void publish(long number, long due) throws IOException {
    int publisher = (int) (number % publishers);
    ByteBuffer request = packet.request(publisher, (int) (number / publishers), due);
    channels.get(publisher).write(request);
    if (request.hasRemaining()) {
      throw new IOException("the server does not read what is published");
    }
  }

  private void ready(SelectionKey key) {
    try {
      int count = ((SocketChannel) key.channel()).read(input.clear());
      if (count < 0) {
        throw new IOException("the server has closed a session");
      }
      ((PublishedCheck) key.attachment()).read(input.flip(), dues);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    Connecting.close(channels);
  }
}

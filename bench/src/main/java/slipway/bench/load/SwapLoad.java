package slipway.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.HdrHistogram.Histogram;

/**
 * A steady load on connections that are to survive what happens to their service. Each message is
 * checked when it is back. The load runs in a thread of its own from {@link #start} to {@link
 * #finish}; marks are set from another one.
 */
public final class SwapLoad implements Closeable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

  private final Selector selector = Selector.open();
  private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
  private final ByteBuffer output = ByteBuffer.allocateDirect(Frame.LENGTH);
  private final List<SocketChannel> channels;
  private final List<Talk> talks = new ArrayList<>();
  private final long periodNanos;
  private final Thread thread = new Thread(this::run, "swap-load");
  private final Histogram calm = new Histogram(LONGEST_NANOS, 3);
  private final Histogram disturbed = new Histogram(LONGEST_NANOS, 3);
  private final Histogram worst = new Histogram(LONGEST_NANOS, 3);
  private volatile Mark mark;
  private volatile boolean ending;
  private volatile Throwable failure;
  private Mark counted;
  private long worstOfMark;
  private long startedAt;
  private long sent;
  private long dropped;

  /** A stretch of time in which something was done to the service. */
  private static final class Mark {
    private final long from = System.nanoTime();
    private volatile long to = Long.MAX_VALUE;
  }

  /** One connection. */
  private static final class Talk {
    private final int number;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final FrameCheck check;
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>();
    private long next;
    private boolean open = true;

    Talk(int number, SocketChannel channel, Selector selector) throws IOException {
      this.number = number;
      this.channel = channel;
      this.check = new FrameCheck(number);
      channel.configureBlocking(false);
      this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }
  }

  /**
   * What was seen.
   *
   * @param sent messages
   * @param dropped connections that the server has closed
   * @param lost messages that did not come back, on dropped connections too
   * @param wrong messages that came back changed, doubled, or out of order
   * @param calm nanoseconds to the echo, of messages before the first mark
   * @param disturbed the same, of messages that were under way within a mark
   * @param worst the longest of each mark
   */
  public record Result(
      long sent,
      long dropped,
      long lost,
      long wrong,
      Histogram calm,
      Histogram disturbed,
      Histogram worst) {}

  /**
   * Opens the connections, each of which has named echo.
   *
   * @param perSecond messages in a second, on all of them together
   */
  public SwapLoad(int port, int connections, int perSecond) throws IOException {
    channels = Connecting.open(port, connections);
    for (int i = 0; i < connections; i++) {
      talks.add(new Talk(i, channels.get(i), selector));
    }
    periodNanos = 1_000_000_000L / perSecond;
  }

  /** Begins to send. */
  public void start() {
    startedAt = System.nanoTime();
    thread.start();
  }

  /** From now on something is done to the service. */
  public void beginMark() {
    mark = new Mark();
  }

  /** It is done. */
  public void endMark() {
    mark.to = System.nanoTime();
  }

  /** Sends no more, waits for what is under way, and tells what was seen. */
  public Result finish() throws IOException, InterruptedException {
    ending = true;
    thread.join();
    if (failure != null) {
      throw new IOException("the load failed", failure);
    }
    long lost = 0;
    long wrong = 0;
    for (Talk talk : talks) {
      lost += talk.next - talk.check.expected();
      wrong += talk.check.wrong() + (talk.check.begun() == 0 ? 0 : 1);
    }
    closeMark();
    return new Result(sent, dropped, lost, wrong, calm, disturbed, worst);
  }

  private void run() {
    try {
      long number = 0;
      while (!ending) {
        long now = System.nanoTime();
        for (; intended(number) <= now; number++) {
          send(talks.get((int) (number % talks.size())));
        }
        selector.select(this::ready, 1);
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (isUnderWay() && System.nanoTime() < end) {
        selector.select(this::ready, 1);
      }
    } catch (IOException | RuntimeException failed) {
      failure = failed;
    }
  }

  /** When a message was to be sent, whether or not it could be. */
  private long intended(long number) {
    return startedAt + number * periodNanos;
  }

  private boolean isUnderWay() {
    return talks.stream().anyMatch(talk -> talk.open && talk.check.expected() < talk.next);
  }

  private void send(Talk talk) {
    byte[] frame = Frame.of(talk.number, talk.next++);
    sent++;
    if (!talk.open) {
      return;
    }
    try {
      output.clear().put(frame).flip();
      if (talk.unsent.isEmpty()) {
        talk.channel.write(output);
      }
      if (output.hasRemaining()) {
        talk.unsent.add(ByteBuffer.allocate(output.remaining()).put(output).flip());
        talk.key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      }
    } catch (IOException reset) {
      drop(talk);
    }
  }

  private void ready(SelectionKey key) {
    Talk talk = (Talk) key.attachment();
    try {
      if (key.isWritable()) {
        sendRest(talk);
      }
      if (key.isReadable()) {
        read(talk);
      }
    } catch (IOException reset) {
      drop(talk);
    }
  }

  private static void sendRest(Talk talk) throws IOException {
    while (!talk.unsent.isEmpty()) {
      talk.channel.write(talk.unsent.peek());
      if (talk.unsent.peek().hasRemaining()) {
        return;
      }
      talk.unsent.remove();
    }
    talk.key.interestOps(SelectionKey.OP_READ);
  }

  private void read(Talk talk) throws IOException {
    if (talk.channel.read(input.clear()) < 0) {
      drop(talk);
      return;
    }
    long now = System.nanoTime();
    talk.check.read(
        input.flip(), sequence -> record(now, intended(sequence * talks.size() + talk.number)));
  }

  private void record(long now, long intended) {
    long nanos = Math.min(now - intended, LONGEST_NANOS);
    Mark current = mark;
    if (current == null) {
      calm.recordValue(nanos);
    } else if (intended <= current.to && now >= current.from) {
      if (current != counted) {
        closeMark();
        counted = current;
      }
      disturbed.recordValue(nanos);
      worstOfMark = Math.max(worstOfMark, nanos);
    }
  }

  private void closeMark() {
    if (counted != null) {
      worst.recordValue(worstOfMark);
      worstOfMark = 0;
    }
  }

  private void drop(Talk talk) {
    if (!talk.open) {
      return;
    }
    talk.open = false;
    dropped++;
    talk.key.cancel();
    try {
      talk.channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    ending = true;
    selector.close();
    Connecting.close(channels);
  }
}

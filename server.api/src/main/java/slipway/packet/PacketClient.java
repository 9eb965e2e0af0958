package slipway.packet;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's connection to a packet server, such as one of another host. It is made when the
 * client is, and made again whenever it is lost, with growing pauses:
 *
 * <pre>
 *   TRYING ──connected──▶ CONNECTED ──lost──▶ PAUSING ──▶ TRYING
 *      └──────────────not connected──────────────▲
 *   any ──close──▶ CLOSED
 * </pre>
 *
 * <p>{@link Packets#client} makes one. It is its maker's, which closes it, a service when it is
 * deactivated: it does not pass to another version.
 *
 * <p>All methods may be called from any thread, except where they say so. What one thread sends
 * arrives in its order. While there is no connection nothing is taken, and nothing is kept for the
 * next one.
 */
public final class PacketClient implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PacketClient.class);

  private enum State {
    TRYING,
    CONNECTED,
    PAUSING,
    CLOSED
  }

  private final EventLoop loop;
  private final Class<? extends Channel> type;
  private final PacketClientSettings settings;
  private final PacketClientListener listener;
  private final Pauses pauses;
  private final Requests requests;
  private final ServerOutage outage;

  /** Made once, as it is called for each batch. */
  private final Call batchDone;

  private final CompletableFuture<Void> tried = new CompletableFuture<>();

  /** Bytes that are on their way from other threads to the event loop. */
  private final AtomicInteger coming = new AtomicInteger();

  /** Belongs to the event loop. */
  private State state = State.TRYING;

  /** Whether the owner has closed it, and so wants to hear nothing any more. */
  private volatile boolean closed;

  /** Null unless connected; written in the event loop. */
  private volatile ClientChannel channel;

  /** Why there is no connection; written in the event loop. */
  private volatile String away = "it is being connected";

  private Future<?> retry;
  private long connectedAt;

  /**
   * Makes one that does nothing before {@link #begin}.
   *
   * @param loop where its connections are
   * @param type of their channels
   */
  PacketClient(
      EventLoop loop,
      Class<? extends Channel> type,
      PacketClientSettings settings,
      PacketClientListener listener,
      RandomGenerator random) {
    this.loop = loop;
    this.type = type;
    this.settings = settings;
    this.listener = listener;
    this.pauses = new Pauses(settings.shortestPause(), settings.longestPause(), random);
    this.requests = new Requests(loop);
    this.outage = new ServerOutage(toString());
    this.batchDone = () -> listener.batchDone(this);
  }

  void begin() {
    loop.execute(this::connect);
  }

  /** How it speaks with its server. */
  public PacketClientSettings settings() {
    return settings;
  }

  /** Where its listener is called, and where it is used best. */
  public EventLoop eventLoop() {
    return loop;
  }

  /** Why there is no connection, in one line; empty if there is one. */
  public Optional<String> away() {
    return Optional.ofNullable(away);
  }

  /**
   * Completed, in the event loop, once the server was tried for the first time, whether it is there
   * or not. A service that is started by its first client is {@link slipway.service.Readiness
   * ready} then, and not before.
   */
  public CompletionStage<Void> tried() {
    return tried.minimalCompletionStage();
  }

  @Override
  public String toString() {
    return settings.server().getHostString() + ":" + settings.server().getPort();
  }

  // ---- the connection --------------------------------------------------------------------------

  private void connect() {
    if (closed) {
      return;
    }
    state = State.TRYING;
    if (settings.server().isUnresolved()) {
      Thread.ofVirtual().name("slipway-lookup").start(this::lookUp); // it may block
    } else {
      connectTo(settings.server());
    }
  }

  private void lookUp() {
    try {
      InetAddress found = InetAddress.getByName(settings.server().getHostString());
      later(() -> connectTo(new InetSocketAddress(found, settings.server().getPort())));
    } catch (UnknownHostException unknown) {
      later(() -> notConnected("the name " + settings.server().getHostString() + " is unknown"));
    }
  }

  private void connectTo(InetSocketAddress address) {
    if (closed) {
      return;
    }
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(type)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(settings.connectTimeout().toMillis()))
            .handler(new ClientChannel(this))
            .connect(address);
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            notConnected(reason(done.cause()));
          }
        });
  }

  /** What has failed, in one line. */
  static String reason(Throwable failed) {
    String message = failed.getMessage();
    return message == null ? failed.toString() : message.lines().findFirst().orElse("").strip();
  }

  private void notConnected(String why) {
    if (state == State.TRYING) {
      pause(why);
    }
  }

  private void pause(String why) {
    state = State.PAUSING;
    away = why;
    outage.away(why, now());
    retry = loop.schedule(this::connect, pauses.next(), NANOSECONDS);
    tried.complete(null);
  }

  private long now() {
    return loop.ticker().nanoTime();
  }

  void connected(ClientChannel made) {
    if (closed) {
      made.finish("the client is closed");
      return;
    }
    state = State.CONNECTED;
    channel = made;
    away = null;
    connectedAt = now();
    outage.end(connectedAt);
    call(() -> listener.connected(this));
    tried.complete(null);
  }

  void lost(ClientChannel gone, String why) {
    if (channel != gone) {
      return;
    }
    channel = null;
    requests.failAll(why);
    if (closed) {
      return;
    }
    if (pauses.isLongerThanLast(now() - connectedAt)) {
      pauses.reset();
    }
    pause(why);
    try {
      listener.lost(this, why);
    } catch (Throwable failed) {
      LOG.error("the packet server {}: its listener failed", this, failed);
    }
  }

  // ---- calls of the listener -------------------------------------------------------------------

  private interface Call {
    void run() throws Exception;
  }

  private void call(Call call) {
    if (!closed && state == State.CONNECTED) {
      try {
        call.run();
      } catch (Throwable failed) {
        failed(failed);
      }
    }
  }

  /** As {@link #call}, without an object for each packet. */
  void packet(PacketReader packet) {
    if (!closed && state == State.CONNECTED) {
      try {
        listener.packet(this, packet);
      } catch (Throwable failed) {
        failed(failed);
      }
    }
  }

  void batchDone() {
    call(batchDone);
  }

  void drained() {
    call(() -> listener.drained(this));
  }

  /** The listener has failed, or the server has. */
  void failed(Throwable failed) {
    ClientChannel now = channel;
    if (now == null) {
      return;
    }
    if (failed instanceof PacketException wrong) {
      now.lose("the server has sent what is no packet: " + wrong.end());
    } else {
      LOG.error("the packet server {}: its listener failed", this, failed);
      now.lose("the listener has failed: " + reason(failed));
    }
  }

  // ---- sending ---------------------------------------------------------------------------------

  /**
   * Begins a packet with its type, a number of two bytes, in the client's event loop. It goes out
   * with the others of the same batch when that is over.
   *
   * @param type 0 to 65535
   * @return to be used up at once, ended by {@link SessionWriter#send}
   * @throws IllegalStateException if there is no connection, a packet is begun that is not sent, or
   *     this is another thread
   */
  public SessionWriter write(int type) {
    return write().u16(type);
  }

  /** As {@link #write(int)}, without a type. */
  public SessionWriter write() {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException("a packet is written in the client's event loop only");
    }
    ClientChannel now = channel;
    if (now == null) {
      throw new IllegalStateException("the packet server " + this + " is away: " + away);
    }
    return now.write();
  }

  /**
   * Sends a packet. It stays the caller's.
   *
   * @return false if it was not taken: there is no connection, or more waits for the server than
   *     the settings allow, and the listener will be told when that has left
   * @throws IllegalArgumentException if the packet is longer than the format allows
   */
  public boolean send(Packet packet) {
    Encoded encoded = packet.encoded(settings.format());
    ClientChannel now = channel;
    if (now == null || closed || !hasRoom(now, encoded.size())) {
      return false;
    }
    if (loop.inEventLoop()) {
      now.put(encoded);
      return true;
    }
    encoded.retain();
    coming.addAndGet(encoded.size());
    boolean comes =
        later(
            () -> {
              coming.addAndGet(-encoded.size());
              now.put(encoded);
              encoded.release();
            });
    if (!comes) {
      encoded.release();
    }
    return comes;
  }

  private boolean hasRoom(ClientChannel now, int size) {
    boolean room = (long) now.waiting() + coming.get() + size <= settings.outboxLimit();
    if (!room) {
      later(now::refuse);
    }
    return room;
  }

  /** How many bytes wait for the server; a moment old in another thread than the event loop. */
  public int waiting() {
    ClientChannel now = channel;
    return now == null ? 0 : now.waiting() + coming.get();
  }

  /** Has the event loop do something; false if it has ended. */
  private boolean later(Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    }
  }

  // ---- requests --------------------------------------------------------------------------------

  /** Writes a request. */
  @FunctionalInterface
  public interface Question {

    /**
     * Writes it.
     *
     * @param packet empty
     * @param number what the answer has to repeat, so that it is known to be this one's; 1 to
     *     2147483647
     */
    void write(PacketBuilder packet, int number);
  }

  /**
   * Sends a request, whose answer the listener knows by its type and gives to {@link #answered}.
   *
   * @param question writes it, in the event loop
   * @param answer reads what the answer has behind its number, in the event loop
   * @param patience how long to wait for the answer
   * @return completed in the event loop, so that what follows must not block it; fails with a
   *     {@link java.util.concurrent.TimeoutException} if no answer comes in time, with an {@link
   *     IOException} if there is no connection, it is lost, or too much waits for the server, and
   *     with whatever the question or the answer throws
   */
  public <T> CompletionStage<T> ask(
      Question question, Function<? super PacketReader, ? extends T> answer, Duration patience) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (loop.inEventLoop()) {
      ask(question, answer, patience, result);
    } else if (!later(() -> ask(question, answer, patience, result))) {
      result.completeExceptionally(new IOException("the host has ended"));
    }
    return result.minimalCompletionStage();
  }

  private <T> void ask(
      Question question,
      Function<? super PacketReader, ? extends T> answer,
      Duration patience,
      CompletableFuture<T> result) {
    ClientChannel now = channel;
    if (now == null) {
      result.completeExceptionally(
          new IOException("the packet server " + this + " is away: " + away));
      return;
    }
    int number = requests.add(answer, result, patience);
    try (PacketBuilder builder = PacketBuilder.of(now.allocator())) {
      question.write(builder, number);
      try (Packet packet = builder.build()) {
        Encoded encoded = packet.encoded(settings.format());
        if (!hasRoom(now, encoded.size())) {
          throw new IOException("too much waits for the packet server " + this);
        }
        now.put(encoded);
      }
    } catch (Throwable notSent) {
      requests.fail(number, notSent);
    }
  }

  /**
   * Gives an answer to its request. Called by the listener within {@code packet}.
   *
   * @param number what the answer repeats
   * @param packet behind the number
   * @return false if no request of that number waits any more, as it was too late
   */
  public boolean answered(long number, PacketReader packet) {
    return requests.answered(number, packet);
  }

  // ---- reading, closing ------------------------------------------------------------------------

  /**
   * Says whether the listener takes packets. While it does not, none is given to it, and what the
   * server sends piles up there. A new connection begins as one that takes them.
   *
   * @param wanted false for none after the one that is being dealt with, true for more
   */
  public void reads(boolean wanted) {
    ClientChannel now = channel;
    if (now == null) {
      return;
    }
    if (loop.inEventLoop()) {
      now.wants(wanted);
    } else {
      later(() -> now.wants(wanted));
    }
  }

  /**
   * Closes the client: its connection ends once all that was sent has left, requests fail, and the
   * listener is not called any more. Does not block.
   */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      later(this::end);
    }
  }

  private void end() {
    state = State.CLOSED;
    away = "the client is closed";
    tried.complete(null);
    if (retry != null) {
      retry.cancel(false);
    }
    ClientChannel last = channel;
    if (last != null) {
      last.finish("the client is closed");
    }
  }
}

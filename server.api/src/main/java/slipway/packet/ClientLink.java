package slipway.packet;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a {@link PacketClient}, one after the other, and its listener, which hears of
 * them:
 *
 * <pre>
 *   TRYING ──connected──▶ CONNECTED ──lost──▶ PAUSING ──▶ TRYING
 *      └──────────────not connected──────────────▲
 *   any ──close──▶ CLOSED
 * </pre>
 *
 * <p>Confined to the event loop, except for what says otherwise.
 */
final class ClientLink {

  private static final Logger LOG = LoggerFactory.getLogger(ClientLink.class);

  private enum State {
    TRYING,
    CONNECTED,
    PAUSING,
    CLOSED
  }

  private final PacketClient client;
  private final Class<? extends Channel> type;
  private final PacketClientSettings settings;
  private final PacketClientListener listener;
  private final Requests requests;
  private final Pauses pauses;
  private final ServerOutage outage;
  private final EventLoop loop;

  /** Made once, as it is called for each batch. */
  private final Call batchDone;

  private final CompletableFuture<Void> tried = new CompletableFuture<>();

  /** Whether the owner has closed it, and so wants to hear nothing any more. */
  private volatile boolean closed;

  /** Null unless connected; written in the event loop. */
  private volatile ClientChannel channel;

  /** Why there is no connection; null if there is one; written in the event loop. */
  private volatile String away = "it is being connected";

  private State state = State.TRYING;
  private Future<?> retry;
  private long connectedAt;

  ClientLink(
      PacketClient client,
      Class<? extends Channel> type,
      PacketClientListener listener,
      Requests requests,
      RandomGenerator random) {
    this.client = client;
    this.type = type;
    this.settings = client.settings();
    this.listener = listener;
    this.requests = requests;
    this.pauses = new Pauses(settings.shortestPause(), settings.longestPause(), random);
    this.outage = new ServerOutage(client.toString());
    this.loop = client.eventLoop();
    this.batchDone = () -> listener.batchDone(client);
  }

  // ---- asked from any thread -------------------------------------------------------------------

  PacketClientSettings settings() {
    return settings;
  }

  /** The connection; null if there is none, or no more is to be sent. */
  ClientChannel channel() {
    return channel;
  }

  /** Why there is no connection; null if there is one. */
  String away() {
    return away;
  }

  /** Completed in the event loop. */
  CompletionStage<Void> tried() {
    return tried.minimalCompletionStage();
  }

  boolean isClosed() {
    return closed;
  }

  /** Has the event loop do something; false if it has ended. */
  boolean later(Runnable task) {
    return new LoopAccess(loop).later(task);
  }

  /**
   * From now on the listener hears nothing; the connection ends when all that was sent has left.
   */
  void close() {
    if (!closed) {
      closed = true;
      later(this::end);
    }
  }

  // ---- the connection --------------------------------------------------------------------------

  void connect() {
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
    } catch (RuntimeException failed) { // or the server would not be tried again
      later(() -> notConnected(reason(failed)));
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
    call(() -> listener.connected(client));
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
      listener.lost(client, why);
    } catch (Throwable failed) {
      LOG.error("the packet server {}: its listener failed", client, failed);
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
        listener.packet(client, packet);
      } catch (Throwable failed) {
        failed(failed);
      }
    }
  }

  void batchDone() {
    call(batchDone);
  }

  void drained() {
    call(() -> listener.drained(client));
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
      LOG.error("the packet server {}: its listener failed", client, failed);
      now.lose("the listener has failed: " + reason(failed));
    }
  }

  // ---- the end ---------------------------------------------------------------------------------

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

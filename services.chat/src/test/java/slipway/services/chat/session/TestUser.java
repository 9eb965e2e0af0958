package slipway.services.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipelineException;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.Lease;

/**
 * Somebody at a terminal, or a program. The connection is not the test kit's, as the tests take a
 * hand-off apart: they look at what is given, change it, and take it up when they like.
 */
final class TestUser implements Connection {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Line line = new Line();
  private final List<Object> left = new ArrayList<>();
  private final long id;
  private final SocketAddress address;
  private TestChat served;
  private Duration idleTimeout;

  /** The way to the user, on which nothing gets through for a while. */
  private static final class Line extends ChannelOutboundHandlerAdapter {
    private boolean stalls;

    @Override
    public void flush(ChannelHandlerContext context) {
      if (!stalls) {
        context.flush();
      }
    }
  }

  TestUser(TestChat served, long id, String address) {
    this.served = served;
    this.id = id;
    try {
      this.address = new InetSocketAddress(InetAddress.getByName(address), 1024 + (int) id);
    } catch (UnknownHostException noAddress) {
      throw new IllegalArgumentException(noAddress);
    }
    channel.freezeTime();
    channel.pipeline().addLast(line);
  }

  void begin() {
    describe(Handed.nothing());
    channel.pipeline().fireChannelActive();
  }

  /** Adds what is described; throws what the session throws as it is added. */
  private void describe(Handed handed) {
    Handlers handlers = new Handlers();
    SessionHandler.describe(served.chat, this, handed, handlers);
    handlers.list().forEach(one -> channel.pipeline().addLast(one.name(), one.maker().get()));
    try {
      channel.checkException();
    } catch (ChannelPipelineException refused) {
      throw (RuntimeException) refused.getCause();
    }
  }

  // ---- what the user does --------------------------------------------------------------------

  void type(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes));
    served.settle();
  }

  /** Reads nothing until {@link #reads}. */
  void stalls() {
    line.stalls = true;
  }

  void reads() {
    line.stalls = false;
    channel.flush();
    served.settle();
  }

  /** Ends the input, as {@code nc -N} does. */
  void endsInput() {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    served.settle();
  }

  void hangsUp() {
    channel.close();
    served.settle();
  }

  /** Throws what the session has left to the host to deal with. */
  void check() {
    channel.checkException();
  }

  boolean isConnected() {
    return channel.isActive();
  }

  boolean isRead() {
    return channel.config().isAutoRead();
  }

  Duration idleTimeout() {
    return idleTimeout;
  }

  /** What has come since the last look, byte by byte. */
  byte[] received() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      byte[] part = new byte[next.readableBytes()];
      next.readBytes(part).release();
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  String text() {
    return new String(received(), StandardCharsets.UTF_8);
  }

  /** The lines that have come since the last look. */
  List<String> shown() {
    String text = text();
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\r?\n|\0"));
  }

  // ---- what the host does --------------------------------------------------------------------

  void run() {
    channel.runPendingTasks();
  }

  void pass(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  /** Says that the connection is going to be closed. */
  void hears(GoingAway news) {
    channel.pipeline().fireUserEventTriggered(news);
    served.settle();
  }

  /** Hands the connection over, as the host does. */
  void moveTo(TestChat next) {
    CompletableFuture<Map<String, Object>> state = giveUp();
    assertThat(state).isCompleted();
    takeUp(next, state.join());
  }

  CompletableFuture<Map<String, Object>> giveUp() {
    CompletableFuture<Map<String, Object>> given =
        channel
            .pipeline()
            .get(SessionHandler.class)
            .giveUp()
            .thenApply(Handed::toMap)
            .toCompletableFuture();
    run();
    return given;
  }

  void takeUp(TestChat next, Map<String, Object> state) {
    removeHandlers();
    served = next;
    describe(Handed.of(state).from("another"));
    List.copyOf(left).forEach(channel.pipeline()::fireChannelRead);
    left.clear();
    next.settle();
  }

  /** The last one first; what they have not decoded is kept. */
  void removeHandlers() {
    ChannelInboundHandlerAdapter collector =
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelRead(ChannelHandlerContext context, Object message) {
            left.add(message);
          }
        };
    channel.pipeline().addLast(collector);
    List<ChannelHandler> handlers = new ArrayList<>(channel.pipeline().toMap().values());
    Collections.reverse(handlers);
    for (ChannelHandler handler : handlers) {
      if (handler != line && handler != collector) {
        channel.pipeline().remove(handler);
      }
    }
    channel.pipeline().remove(collector);
  }

  Session session() {
    return channel.pipeline().get(SessionHandler.class).session();
  }

  void end() {
    channel.finishAndReleaseAll();
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String service() {
    return "chat";
  }

  @Override
  public String version() {
    return served.version;
  }

  @Override
  public String acceptor() {
    return "main";
  }

  @Override
  public SocketAddress remoteAddress() {
    return address;
  }

  @Override
  public Instant since() {
    return Instant.EPOCH;
  }

  @Override
  public Optional<Delimiter> delimiter() {
    return Optional.empty();
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public void idleTimeout(Duration timeout) {
    idleTimeout = timeout;
  }

  @Override
  public void finish() {
    channel
        .pipeline()
        .firstContext()
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public Optional<GoingAway> goingAway() {
    return Optional.empty();
  }

  @Override
  public Lease retain() {
    return () -> {};
  }
}

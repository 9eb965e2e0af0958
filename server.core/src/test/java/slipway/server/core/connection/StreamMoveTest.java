package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.net.Intake.Choice;
import slipway.server.core.life.ActiveVersion;
import slipway.server.core.life.TestLeases;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.stream.RequestStream;
import slipway.stream.StreamHandOff;

/** On a real event loop, as what serves is another thread. */
@Timeout(60)
class StreamMoveTest {

  private static final Duration LONG = Duration.ofSeconds(50);

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final FakeLeases leases = new FakeLeases();
  private final Connections connections = new Connections(leases);
  private final BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();
  private Channel channel;

  // ---- services --------------------------------------------------------------------------------

  /** Adds up the numbers of all lines, and answers each with the sum. */
  private static class Sums extends StreamHandOff {
    private final String name;

    private Sums(String name) {
      this.name = name;
    }

    @Override
    protected void serve(Connection connection, RequestStream in, OutputStream out)
        throws Exception {
      Sum sum = new Sum(in.handed().number("sum").orElse(0));
      while (in.next(() -> give(sum))) {
        sum.value += number(in);
        answer(out, name + sum.value + "\n");
      }
    }

    Handed give(Sum sum) {
      return Handed.nothing().with("sum", sum.value);
    }

    void answer(OutputStream out, String text) throws Exception {
      out.write(text.getBytes(US_ASCII));
    }

    private static long number(RequestStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.append((char) next);
      }
      return Long.parseLong(line.toString());
    }
  }

  private static final class Sum {
    private long value;

    private Sum(long value) {
      this.value = value;
    }
  }

  /** Waits within a request until it may answer. */
  private static final class Slow extends Sums {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    private Slow(String name) {
      super(name);
    }

    @Override
    void answer(OutputStream out, String text) throws Exception {
      asked.countDown();
      answer.await();
      super.answer(out, text);
    }
  }

  // ---- the host --------------------------------------------------------------------------------

  private Socket connect(Service service) throws Exception {
    leases.with("sums", service);
    Channel listening =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.dispatch(
                        channel, new TestIntake("main", Choice.FIXED, "sums", LONG, LONG));
                    channels.add(channel);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    InetSocketAddress address = (InetSocketAddress) listening.localAddress();
    Socket client = new Socket(address.getAddress(), address.getPort());
    channel = channels.take();
    while (connection().lease() == null) {
      Thread.onSpinWait();
    }
    return client;
  }

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 5, SECONDS).syncUninterruptibly();
  }

  private HostedConnection connection() {
    return HostedConnection.of(channel);
  }

  /** Asks the host to move the connection to another version, and waits until it has begun to. */
  private CompletableFuture<Void> move(Service next, Duration limit) throws Exception {
    ActiveVersion from = connection().lease().version();
    TestLeases.succeed(from, TestLeases.version("sums", "2.0.0", next, () -> {}));
    CompletableFuture<Void> moved = leases.handOver.begin(from, limit).toCompletableFuture();
    channel.eventLoop().submit(() -> {}).get();
    return moved;
  }

  private void moveNow(Service next) throws Exception {
    move(next, LONG).get(50, SECONDS);
    assertThat(connection().version()).isEqualTo("2.0.0");
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String line(Socket client) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = client.getInputStream().read();
        next >= 0;
        next = client.getInputStream().read()) {
      if (next == '\n') {
        return line.toString();
      }
      line.append((char) next);
    }
    return line + " (closed)";
  }

  private static String rest(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), US_ASCII);
  }

  private void assertReleased() {
    ByteBufAllocatorMetric bytes = allocator.metric();
    while (leases.open() > 0 || bytes.usedHeapMemory() + bytes.usedDirectMemory() > 0) {
      Thread.onSpinWait(); // until the timeout of the test
    }
  }

  // ---- between two requests --------------------------------------------------------------------

  @Test
  void theNextVersionGoesOnBetweenTwoRequests() throws Exception {
    try (Socket client = connect(new Sums("one:"))) {
      say(client, "1\n");
      assertThat(line(client)).isEqualTo("one:1");
      moveNow(new Sums("two:"));
      say(client, "2\n");
      assertThat(line(client)).isEqualTo("two:3");
      client.shutdownOutput();
      assertThat(rest(client)).isEmpty();
    }
    assertReleased();
  }

  @Test
  void aConnectionThatHasSaidNothingYetIsHandedOver() throws Exception {
    try (Socket client = connect(new Sums("one:"))) {
      moveNow(new Sums("two:"));
      say(client, "5\n");
      assertThat(line(client)).isEqualTo("two:5");
    }
    assertReleased();
  }

  @Test
  void atEachByteOfAConversationTheClientNoticesNothing() throws Exception {
    String talk = "1\n20\n300\n";
    for (int cut = 0; cut <= talk.length(); cut++) {
      try (Socket client = connect(new Sums(""))) {
        say(client, talk.substring(0, cut));
        CompletableFuture<Void> moved = move(new Sums(""), LONG);
        say(client, talk.substring(cut));
        moved.get(50, SECONDS);
        assertThat(connection().version()).isEqualTo("2.0.0");
        client.shutdownOutput();
        assertThat(rest(client)).as("cut at %d", cut).isEqualTo("1\n21\n321\n");
      }
    }
    assertReleased();
  }

  @Test
  void requestsBehindTheOneThatIsServedGoToTheNextVersion() throws Exception {
    Slow slow = new Slow("one:");
    try (Socket client = connect(slow)) {
      say(client, "1\n2\n3");
      slow.asked.await();
      CompletableFuture<Void> moved = move(new Sums("two:"), LONG);
      say(client, "0\n");
      assertThat(moved).isNotDone();
      slow.answer.countDown();
      moved.get(50, SECONDS);
      say(client, "4\n");
      client.shutdownOutput();
      assertThat(rest(client)).isEqualTo("one:1\ntwo:3\ntwo:33\ntwo:37\n");
    }
    assertReleased();
  }

  @Test
  void theEndOfTheInputGoesToTheNextVersionToo() throws Exception {
    Slow slow = new Slow("one:");
    try (Socket client = connect(slow)) {
      say(client, "1\n");
      slow.asked.await();
      CompletableFuture<Void> moved = move(new Sums("two:"), LONG);
      say(client, "2\n");
      client.shutdownOutput();
      slow.answer.countDown();
      moved.get(50, SECONDS);
      assertThat(rest(client)).isEqualTo("one:1\ntwo:3\n");
    }
    assertReleased();
  }

  @Test
  void moreThanTheOldVersionWouldReadAheadGoesToTheNext() throws Exception {
    Slow slow = new Slow("");
    try (Socket client = connect(slow)) {
      say(client, "1\n");
      slow.asked.await();
      int numbers = 400_000;
      Thread talker =
          Thread.startVirtualThread(
              () -> {
                try {
                  say(client, "1\n".repeat(numbers));
                  client.shutdownOutput();
                } catch (IOException failed) {
                  throw new UncheckedIOException(failed);
                }
              });
      while (channel.config().isAutoRead()) {
        Thread.onSpinWait();
      }
      CompletableFuture<Void> moved = move(new Sums(""), LONG);
      slow.answer.countDown();
      moved.get(50, SECONDS);
      assertThat(connection().version()).isEqualTo("2.0.0");
      String expected =
          LongStream.rangeClosed(1, numbers + 1L)
              .mapToObj(sum -> sum + "\n")
              .collect(Collectors.joining());
      assertThat(rest(client)).isEqualTo(expected);
      talker.join();
    }
    assertReleased();
  }

  @Test
  void aClientThatDoesNotReadIsHandedOver() throws Exception {
    int length = 32 << 20;
    StreamHandOff talkative =
        new StreamHandOff() {
          @Override
          protected void serve(Connection connection, RequestStream in, OutputStream out)
              throws IOException {
            ChannelConfig config = connection.channel().config();
            config.setWriteBufferWaterMark(new WriteBufferWaterMark(length, 2 * length));
            out.write(new byte[length]);
            config.setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
            out.write(0); // which is not sent before the next request is waited for
            while (in.next(Handed::nothing)) {
              in.read();
            }
          }
        };
    try (Socket client = connect(talkative)) {
      while (channel.isWritable()) {
        Thread.onSpinWait();
      }
      moveNow(new Sums("two:"));
      assertThat(client.getInputStream().readNBytes(length + 1)).isEqualTo(new byte[length + 1]);
      say(client, "1\n");
      assertThat(line(client)).isEqualTo("two:1");
    }
    assertReleased();
  }

  // ---- what stays ------------------------------------------------------------------------------

  @Test
  void aRequestThatTakesTooLongKeepsTheConnectionForNow() throws Exception {
    Slow slow = new Slow("one:");
    try (Socket client = connect(slow)) {
      say(client, "1\n");
      slow.asked.await();
      move(new Sums("two:"), Duration.ofMillis(20)).get(50, SECONDS);
      assertThat(connection().version()).isEqualTo("1.0.0");
      slow.answer.countDown();
      assertThat(line(client)).isEqualTo("one:1");
      while (connection().version().equals("1.0.0")) {
        Thread.onSpinWait();
      }
      say(client, "2\n");
      assertThat(line(client)).isEqualTo("two:3");
    }
    assertReleased();
  }

  @Test
  void aVersionThatCannotSayWhatItKnowsKeepsTheConnection() throws Exception {
    Sums silent =
        new Sums("one:") {
          @Override
          Handed give(Sum sum) {
            throw new AssertionError("not now");
          }
        };
    try (Socket client = connect(silent)) {
      move(new Sums("two:"), LONG).get(50, SECONDS);
      say(client, "1\n");
      assertThat(line(client)).isEqualTo("one:1");
    }
    assertReleased();
  }

  @Test
  void aVersionThatCannotTakeItUpGivesItBackToTheOneBefore() throws Exception {
    PipelineService failing =
        (connection, handed, handlers) -> {
          throw new IllegalStateException("no");
        };
    try (Socket client = connect(new Sums("one:"))) {
      say(client, "1\n");
      assertThat(line(client)).isEqualTo("one:1");
      move(failing, LONG).get(50, SECONDS);
      assertThat(connection().version()).isEqualTo("1.0.0");
      say(client, "2\n");
      assertThat(line(client)).isEqualTo("one:3");
    }
    assertReleased();
  }

  @Test
  void aConnectionThatItsNextVersionClosesIsReportedOnce() throws Exception {
    PipelineService closing = (connection, handed, handlers) -> connection.channel().close();
    try (Socket client = connect(new Sums("one:"))) {
      say(client, "1\n");
      assertThat(line(client)).isEqualTo("one:1");
      ActiveVersion from = connection().lease().version();
      TestLeases.succeed(from, TestLeases.version("sums", "2.0.0", closing, () -> {}));
      MoveReport report = new MoveReport("sums", 2);
      channel.eventLoop().execute(() -> Move.begin(connection(), from, LONG, report));
      assertThat(rest(client)).isEmpty();
      channel.eventLoop().submit(() -> {}).get();
      assertThat(report.done()).as("the other one has not been seen to").isNotDone();
    }
    assertReleased();
  }

  @Test
  void aThreadOfAVersionThatCannotTakeItUpDoesNotBegin() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    StreamHandOff failing =
        new StreamHandOff() {
          @Override
          public void pipeline(Connection connection, Handed handed, Handlers handlers) {
            super.pipeline(connection, handed, handlers);
            handlers.add("broken", () -> null);
          }

          @Override
          protected void serve(Connection connection, RequestStream in, OutputStream out) {
            begun.countDown();
          }
        };
    try (Socket client = connect(new Sums("one:"))) {
      move(failing, LONG).get(50, SECONDS);
      say(client, "2\n");
      assertThat(line(client)).isEqualTo("one:2");
      assertThat(begun.getCount()).isEqualTo(1);
    }
    assertReleased();
  }

  @Test
  void whatWasNotReadIsReleasedIfTheClientGoesMeanwhile() throws Exception {
    Slow slow = new Slow("one:");
    Socket client = connect(slow);
    say(client, "1\n2\n3");
    slow.asked.await();
    CompletableFuture<Void> moved = move(new Sums("two:"), LONG);
    client.setSoLinger(true, 0);
    client.close();
    channel.closeFuture().await();
    moved.get(50, SECONDS);
    slow.answer.countDown();
    assertReleased();
  }

  // ---- afterwards ------------------------------------------------------------------------------

  @Test
  void whatAVersionDoesAfterwardsDoesNotReachTheConnection() throws Exception {
    BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    StreamHandOff clinging =
        new StreamHandOff() {
          @Override
          protected void serve(Connection connection, RequestStream in, OutputStream out)
              throws IOException {
            seen.add(in.next(Handed::nothing));
            seen.add(in.next(Handed::nothing));
            seen.add(in.read());
            seen.add(in.available());
            in.close();
            try {
              out.write(1);
            } catch (IOException gone) {
              seen.add(gone.getMessage());
              throw gone;
            }
          }
        };
    try (Socket client = connect(clinging)) {
      moveNow(new Sums("two:"));
      say(client, "1\n");
      assertThat(line(client)).isEqualTo("two:1");
    }
    assertReleased();
    assertThat(seen)
        .containsExactly(
            false, false, -1, 0, "the connection has gone to another version of the service");
  }

  @Test
  void aHandlerOfNettysTakesUpWhatAStreamHasLeft() throws Exception {
    PipelineService echo =
        (connection, handed, handlers) ->
            handlers.add(
                "echo",
                () ->
                    new ChannelInboundHandlerAdapter() {
                      @Override
                      public void channelRead(ChannelHandlerContext context, Object message) {
                        context.writeAndFlush(message);
                      }
                    });
    Slow slow = new Slow("one:");
    try (Socket client = connect(slow)) {
      say(client, "1\nthe rest");
      slow.asked.await();
      CompletableFuture<Void> moved = move(echo, LONG);
      slow.answer.countDown();
      moved.get(50, SECONDS);
      client.shutdownOutput();
      assertThat(rest(client)).isEqualTo("one:1\nthe rest");
    }
    assertReleased();
  }
}

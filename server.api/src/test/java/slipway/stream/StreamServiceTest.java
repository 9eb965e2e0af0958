package slipway.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.service.Connection;
import slipway.service.FakeConnection;
import slipway.service.GoingAway;
import slipway.thread.OwnThread;

@Timeout(30)
class StreamServiceTest {

  private interface Server {
    void serve(InputStream in, OutputStream out) throws Exception;
  }

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final BlockingQueue<FakeConnection> connections = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

  /** Until when {@link LooksFirst} waits; null for the threads that services have. */
  private CountDownLatch looked;

  /** Its start is not over before it has looked at something. */
  private final class LooksFirst extends Thread {
    LooksFirst(Runnable serving) {
      super(serving);
    }

    @Override
    public void start() {
      super.start();
      try {
        looked.await(10, SECONDS);
      } catch (InterruptedException leaving) {
        interrupt();
      }
    }
  }

  /** What a service says to a client whose connection is going to be closed. */
  private interface Parting {
    void say(GoingAway news, OutputStream out) throws Exception;
  }

  private Socket connect(Server server) throws Exception {
    return connect(server, (news, out) -> {});
  }

  private Socket connect(Server server, Parting parting) throws Exception {
    StreamService service =
        new StreamService() {
          @Override
          protected void serve(Connection connection, InputStream in, OutputStream out)
              throws Exception {
            server.serve(in, out);
          }

          @Override
          protected void goingAway(Connection connection, GoingAway news, OutputStream out)
              throws Exception {
            parting.say(news, out);
          }

          @Override
          protected Thread newThread(String name, Runnable serving) {
            return looked == null ? super.newThread(name, serving) : new LooksFirst(serving);
          }
        };
    Channel listening =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    FakeConnection connection = new FakeConnection(channel, null);
                    service.attach(connection);
                    channel
                        .pipeline()
                        .addLast(
                            new ChannelInboundHandlerAdapter() {
                              @Override
                              public void exceptionCaught(
                                  ChannelHandlerContext context, Throwable cause) {
                                failures.add(cause);
                                context.close();
                              }
                            });
                    connections.add(connection);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    InetSocketAddress address = (InetSocketAddress) listening.localAddress();
    return new Socket(address.getAddress(), address.getPort());
  }

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 5, SECONDS).syncUninterruptibly();
  }

  private void assertReleased() throws InterruptedException {
    assertThat(connections.take().released.await(10, SECONDS)).isTrue();
  }

  @Test
  void servesOnAVirtualThreadAndClosesWhenItReturns() throws Exception {
    try (Socket client =
        connect(
            (in, out) -> {
              out.write((Thread.currentThread().isVirtual() + " ").getBytes(US_ASCII));
              in.transferTo(out);
            })) {
      client.getOutputStream().write("hello".getBytes(US_ASCII));
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("true hello");
    }
    assertReleased();
  }

  private static OwnThread handler(Channel channel) {
    return channel.pipeline().toMap().values().stream()
        .filter(OwnThread.class::isInstance)
        .map(OwnThread.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theHandlerKnowsItsThreadAsSoonAsThatRuns() throws Exception {
    looked = new CountDownLatch(1);
    BlockingQueue<Boolean> known = new LinkedBlockingQueue<>();
    try (Socket client =
        connect(
            (in, out) -> {
              FakeConnection served = connections.take();
              known.add(handler(served.channel()).thread() == Thread.currentThread());
              looked.countDown();
            })) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(known.take()).isTrue();
  }

  @Test
  void theHandlerTellsTheHostOfItsProgress() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (Socket client =
        connect(
            (in, out) -> {
              in.read();
              out.write(1);
              out.flush();
              goOn.await();
            })) {
      OwnThread handler = handler(connections.take().channel());
      assertThat(handler.steps()).isZero();
      client.getOutputStream().write(7);
      assertThat(client.getInputStream().read()).isEqualTo(1);
      assertThat(handler.steps()).isEqualTo(2);
      goOn.countDown();
    }
  }

  @Test
  void singleBytesPassUnchanged() throws Exception {
    try (Socket client =
        connect(
            (in, out) -> {
              for (int next = in.read(); next >= 0; next = in.read()) {
                out.write(next);
              }
            })) {
      byte[] all = new byte[256];
      for (int value = 0; value < all.length; value++) {
        all[value] = (byte) value;
      }
      client.getOutputStream().write(all);
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(all);
    }
  }

  @Test
  void aServiceThatDoesNotReadStopsTheClient() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (Socket client =
        connect(
            (in, out) -> {
              read.await();
              long count = in.transferTo(OutputStream.nullOutputStream());
              out.write(Long.toString(count).getBytes(US_ASCII));
            })) {
      FakeConnection connection = connections.take();
      connections.add(connection);
      int length = 64 * 1024 * 1024;
      CountDownLatch written = new CountDownLatch(1);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  client.getOutputStream().write(new byte[length]);
                  client.shutdownOutput();
                  written.countDown();
                } catch (IOException failed) {
                  failures.add(failed);
                }
              });
      while (connection.channel().config().isAutoRead()) {
        Thread.onSpinWait();
      }
      assertThat(written.getCount()).isEqualTo(1);
      read.countDown();
      assertThat(client.getInputStream().readAllBytes())
          .asString()
          .isEqualTo(Integer.toString(length));
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void aClientThatDoesNotReadStopsTheService() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    int length = 64 * 1024 * 1024;
    try (Socket client =
        connect(
            (in, out) -> {
              out.write(new byte[length]);
              done.countDown();
            })) {
      Channel channel = connections.take().channel();
      while (channel.isWritable()) {
        Thread.onSpinWait();
      }
      assertThat(done.getCount()).isEqualTo(1);
      assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes())
          .as("no more waits than the buffer between two looks")
          .isLessThan(128 * 1024);
      assertThat(client.getInputStream().readAllBytes()).hasSize(length);
    }
  }

  @Test
  void writingToAClientThatIsGoneThrows() throws Exception {
    BlockingQueue<Exception> thrown = new LinkedBlockingQueue<>();
    Socket client =
        connect(
            (in, out) -> {
              try {
                while (true) {
                  out.write(new byte[1024]);
                }
              } catch (IOException gone) {
                thrown.add(gone);
                throw gone;
              }
            });
    client.setSoLinger(true, 0);
    client.close();
    assertThat(thrown.take()).isInstanceOf(IOException.class);
    assertReleased();
  }

  /** Netty shuts it down when a write fails for a reason that is no failure of the socket. */
  @Test
  void aServiceThatWaitsForAnOutputThatIsShutDownFails() throws Exception {
    CompletableFuture<Thread> writer = new CompletableFuture<>();
    try (Socket client =
        connect(
            (in, out) -> {
              writer.complete(Thread.currentThread());
              while (true) {
                out.write(new byte[1024]);
              }
            })) {
      while (writer.get().getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      FakeConnection connection = connections.take();
      ((DuplexChannel) connection.channel()).shutdownOutput();
      assertThat(failures.take()).isInstanceOf(IOException.class);
      connection.released.await();
      assertThat(client.getInputStream().transferTo(OutputStream.nullOutputStream())).isPositive();
    }
  }

  @Test
  void aServiceThatThrowsIsReportedAndClosed() throws Exception {
    try (Socket client =
        connect(
            (in, out) -> {
              throw new IllegalStateException("no");
            })) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(failures.take()).hasMessage("no");
    assertReleased();
  }

  @Test
  void aServiceThatReturnsLateHoldsItsLeaseUntilThen() throws Exception {
    CountDownLatch finish = new CountDownLatch(1);
    Socket client =
        connect(
            (in, out) -> {
              in.readAllBytes();
              finish.await();
            });
    FakeConnection connection = connections.take();
    client.close();
    assertThat(connection.released.getCount()).isEqualTo(1);
    finish.countDown();
    assertThat(connection.released.await(10, SECONDS)).isTrue();
  }

  // ---- the end ---------------------------------------------------------------------------------

  private static GoingAway news(boolean last) {
    return new GoingAway(GoingAway.Reason.HOST_ENDS, last, Optional.empty());
  }

  /** Reads until the client closes, beside what is said. */
  private static void listen(InputStream in, OutputStream out) throws IOException {
    out.write("220 ".getBytes(US_ASCII));
    out.flush();
    in.transferTo(OutputStream.nullOutputStream());
  }

  private Channel greeted(Socket client) throws Exception {
    assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("220 ");
    return connections.take().channel();
  }

  @Test
  void saysWordAfterWordWhileItServesAndIsClosedAfterTheLast() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    try (Socket client =
        connect(
            StreamServiceTest::listen,
            (news, out) -> {
              if (!news.last()) {
                slow.await();
              }
              out.write((news.last() ? "421 now" : "421 soon ").getBytes(US_ASCII));
            })) {
      Channel channel = greeted(client);
      channel.pipeline().fireUserEventTriggered(news(false));
      channel.pipeline().fireUserEventTriggered(news(true));
      slow.countDown();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("421 soon 421 now");
    }
  }

  @Test
  void isClosedAfterTheLastWordIfItHasNothingToSay() throws Exception {
    try (Socket client = connect(StreamServiceTest::listen)) {
      greeted(client).pipeline().fireUserEventTriggered(news(true));
      assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void aFailureInTheLastWordsClosesTheConnection() throws Exception {
    try (Socket client =
        connect(
            StreamServiceTest::listen,
            (news, out) -> {
              throw new AssertionError("no words");
            })) {
      greeted(client).pipeline().fireUserEventTriggered(news(false));
      assertThat(client.getInputStream().readAllBytes()).isEmpty();
      assertThat(failures.take()).hasMessage("no words");
    }
  }

  @Test
  void lastWordsToAClientThatDoesNotReadEndWithTheConnection() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (Socket client =
        connect(
            StreamServiceTest::listen,
            (news, out) -> {
              try {
                while (true) {
                  out.write(new byte[1024]);
                }
              } finally {
                ended.countDown();
              }
            })) {
      Channel channel = greeted(client);
      channel.pipeline().fireUserEventTriggered(news(false));
      channel.close();
      assertThat(ended.await(20, SECONDS)).isTrue();
    }
  }
}

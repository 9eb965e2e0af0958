package slipway.server.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a channel may wait for again when it has waited for nothing, on each transport. */
@Timeout(60)
class EpollRegistrationTest {

  /** More than a socket takes while its client does not read. */
  private static final int LENGTH = 16 * 1024 * 1024;

  private final CountDownLatch answered = new CountDownLatch(1);
  private HostLoops loops;
  private Channel server;

  @AfterEach
  void end() {
    if (loops != null) {
      loops.end(Duration.ofSeconds(1));
      loops.awaitEnd(Duration.ofSeconds(30), loop -> false);
    }
  }

  private void listen(TransportKind kind) {
    assumeTrue(kind.unavailable() == null);
    loops = new HostLoops(kind, 1, "registered", null);
    server =
        new ServerBootstrap()
            .group(loops)
            .channel(kind.tcpServer)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new AnswerAtTheEnd(answered))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  private Socket connect() throws Exception {
    return new Socket(
        InetAddress.getLoopbackAddress(), ((InetSocketAddress) server.localAddress()).getPort());
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void aClientThatHasEndedItsOutputGetsAllHoweverSlowlyItReads(TransportKind kind)
      throws Exception {
    listen(kind);
    try (Socket client = connect()) {
      client.shutdownOutput();
      answered.await();
      assertThat(received(client.getInputStream())).isEqualTo(LENGTH);
    }
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void aServerThatHasPausedAcceptsAgain(TransportKind kind) throws Exception {
    listen(kind);
    for (boolean reads : new boolean[] {false, true}) {
      server.eventLoop().submit(() -> server.config().setAutoRead(reads)).sync();
      server.eventLoop().submit(() -> {}).sync(); // what that has given to the event loop is done
    }
    assertThat(server.isOpen()).isTrue();
    try (Socket client = connect()) {
      client.shutdownOutput();
      assertThat(received(client.getInputStream())).isEqualTo(LENGTH);
    }
  }

  private static long received(InputStream in) throws Exception {
    byte[] buffer = new byte[64 * 1024];
    long received = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      received += read;
    }
    return received;
  }

  /** Answers in a task of its own, as a service on another thread does, and closes. */
  @Sharable
  private static final class AnswerAtTheEnd extends ChannelInboundHandlerAdapter {
    private final CountDownLatch answered;

    private AnswerAtTheEnd(CountDownLatch answered) {
      this.answered = answered;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownReadComplete) {
        context.executor().execute(() -> answer(context));
      }
    }

    private void answer(ChannelHandlerContext context) {
      context
          .writeAndFlush(Unpooled.wrappedBuffer(new byte[LENGTH]))
          .addListener(ChannelFutureListener.CLOSE);
      answered.countDown();
    }
  }
}

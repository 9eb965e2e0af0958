package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.server.core.pipeline.DroppedFailures;
import slipway.service.Audience;

class ConnectionHeadTest {

  private static final Duration IDLE = Duration.ofSeconds(60);

  private final FakeLeases leases = new FakeLeases();
  private final PeerSocket socket = new PeerSocket();
  private final EmbeddedChannel channel = new EmbeddedChannel(socket);

  ConnectionHeadTest() {
    channel.freezeTime();
    HostedConnection connection =
        new HostedConnection(
            1,
            "main",
            Audience.USERS,
            Instant.EPOCH,
            channel,
            leases,
            new Listeners(),
            ended -> {});
    channel.pipeline().addLast(new ConnectionHead(connection, IDLE, leases));
  }

  @AfterEach
  void close() {
    channel.close();
    channel.releaseOutbound();
    channel.releaseInbound();
  }

  private void pass(long seconds) {
    for (long second = 0; second < seconds; second++) {
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  private void receive(int bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[bytes]));
  }

  private void send(int bytes) {
    channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes]));
    channel.runPendingTasks();
  }

  // ---- idle ------------------------------------------------------------------------------------

  @Test
  void closesAConnectionWithoutAByteForTheTimeout() {
    pass(59);
    assertThat(channel.isOpen()).isTrue();
    pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aByteInKeepsItOpen() {
    pass(45);
    receive(1);
    pass(59);
    assertThat(channel.isOpen()).isTrue();
    pass(16);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aByteOutKeepsItOpen() {
    pass(45);
    send(1);
    pass(59);
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void whatThePeerDoesNotTakeIsNoActivity() {
    socket.peerReads = false;
    send(1);
    pass(30);
    for (int second = 0; second < 60 && channel.isOpen(); second++) {
      send(1);
      pass(1);
    }
    assertThat(channel.isOpen()).isFalse();
  }

  // ---- backpressure ----------------------------------------------------------------------------

  private void fill() {
    socket.peerReads = false;
    channel.write(Unpooled.wrappedBuffer(new byte[128 * 1024]));
    channel.flush();
    channel.runPendingTasks();
    assertThat(channel.isWritable()).isFalse();
  }

  private void drain() {
    socket.peerReads = true;
    channel.flush();
    channel.runPendingTasks();
    assertThat(channel.isWritable()).isTrue();
  }

  @Test
  void stopsReadingWhileThePeerDoesNotRead() {
    fill();
    assertThat(channel.config().isAutoRead()).isFalse();
    drain();
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void holdsBackAReadThatAServiceAsksFor() {
    channel.config().setAutoRead(false);
    fill();
    socket.reads = 0;
    channel.read();
    channel.read();
    assertThat(socket.reads).as("held before it reaches the socket").isZero();
    drain();
    assertThat(channel.config().isAutoRead()).as("the service's own choice").isFalse();
    assertThat(socket.reads).isEqualTo(1);
  }

  @Test
  void countsBytes() {
    receive(3);
    receive(4);
    send(5);
    assertThat(HostedConnection.of(channel).head().bytesIn()).isEqualTo(7);
    assertThat(HostedConnection.of(channel).head().bytesOut()).isEqualTo(5);
  }

  @Test
  void closesAConnectionWhoseServiceFailsAsItIsToldOfAFailure() {
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                ReferenceCountUtil.release(message);
                DroppedFailures.add(new IllegalStateException("as Netty's log tells it"));
              }
            });
    channel.writeInbound(Unpooled.copiedBuffer("x", US_ASCII));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aFailureOfAnotherConnectionIsNotItsOwn() throws Exception {
    DroppedFailures.add(new IllegalStateException("before"));
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message)
                  throws Exception {
                ReferenceCountUtil.release(message);
                Thread other =
                    new Thread(() -> DroppedFailures.add(new IllegalStateException("elsewhere")));
                other.start();
                other.join();
              }
            });
    channel.writeInbound(Unpooled.copiedBuffer("x", US_ASCII));
    assertThat(channel.isOpen()).isTrue();
  }
}

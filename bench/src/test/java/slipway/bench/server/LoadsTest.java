package slipway.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.bench.load.AcceptLoad;
import slipway.bench.load.EchoLoad;
import slipway.bench.load.PacketLoad;
import slipway.bench.load.SwapLoad;

/** Each load against an echo in this process. */
@Timeout(60)
class LoadsTest {

  private static final long SELF = ProcessHandle.current().pid();
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LENGTH = Duration.ofMillis(200);

  private Channel listening;

  private int echo(boolean named) throws InterruptedException {
    listening = NettyEcho.bind("nio", 1, named, false);
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @AfterEach
  void close() throws InterruptedException {
    if (listening != null) {
      listening.close().sync();
      listening.eventLoop().parent().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  @Test
  void aClosedLoopCountsMessages() throws Exception {
    try (EchoLoad load = new EchoLoad(SELF, echo(false), 10, 128)) {
      EchoLoad.Result result = load.closedLoop(SHORT, LENGTH);
      assertThat(result.messages()).isPositive();
      assertThat(result.latency()).isNull();
    }
  }

  @Test
  void messagesThatDoNotFitTheSocketAreSentPieceByPiece() throws Exception {
    try (EchoLoad load = new EchoLoad(SELF, echo(false), 2, 8 * 1024 * 1024)) {
      assertThat(load.closedLoop(SHORT, Duration.ofMillis(500)).messages()).isNotNegative();
    }
  }

  @Test
  void anOpenLoopTellsTheLatencyOfEachMessageOfItsWindow() throws Exception {
    try (EchoLoad load = new EchoLoad(SELF, echo(false), 3, 128)) {
      load.closedLoop(SHORT, SHORT);
      EchoLoad.Result result = load.openLoop(1_000, SHORT, LENGTH);
      assertThat(result.latency().getTotalCount()).isEqualTo(200);
      assertThat(result.latency().getMinValue()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void packetsAreEchoedOneAtATimeAndSeveral(PacketLoad.Format format) throws Exception {
    listening = NettyPackets.bind("nio", 1, format.word());
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    for (int underWay : new int[] {1, 10}) {
      for (int bytes : new int[] {18, 256}) {
        try (PacketLoad load = new PacketLoad(SELF, port, format, 3, bytes, underWay)) {
          assertThat(load.closedLoop(SHORT, LENGTH).messages()).isPositive();
        }
      }
    }
  }

  @Test
  void anOpenLoopTellsTheLatencyOfPacketsThatAreSentInOnePieceTogether() throws Exception {
    listening = NettyPackets.bind("nio", 1, "chained");
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    for (int underWay : new int[] {1, 10}) {
      try (PacketLoad load =
          new PacketLoad(SELF, port, PacketLoad.Format.CHAINED, 3, 64, underWay)) {
        EchoLoad.Result result = load.openLoop(1_000 * underWay, Duration.ZERO, LENGTH);
        assertThat(result.latency().getTotalCount()).isEqualTo(200);
        assertThat(result.messages()).isBetween(0L, 200L * underWay);
      }
    }
  }

  @Test
  void shortConnectionsAreCounted() throws Exception {
    AcceptLoad load = new AcceptLoad(SELF, echo(true));
    assertThat(load.run(4, SHORT, LENGTH).connections()).isPositive();
  }

  @Test
  void whatASwapLoadSendsComesBackOnceAndInOrder() throws Exception {
    try (SwapLoad load = new SwapLoad(echo(true), 5, 2_000)) {
      CountDownLatch marked = new CountDownLatch(1);
      load.start();
      marked.await(LENGTH.toMillis(), TimeUnit.MILLISECONDS);
      load.beginMark();
      marked.await(LENGTH.toMillis(), TimeUnit.MILLISECONDS);
      load.endMark();
      SwapLoad.Result result = load.finish();
      assertThat(result.sent()).isPositive();
      assertThat(result.dropped()).isZero();
      assertThat(result.lost()).isZero();
      assertThat(result.wrong()).isZero();
      assertThat(result.calm().getTotalCount()).isPositive();
      assertThat(result.disturbed().getTotalCount()).isPositive();
      assertThat(result.worst().getTotalCount()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatTheServerClosesIsDroppedAndItsMessagesAreLost() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      CountDownLatch closed = new CountDownLatch(1);
      Thread.ofVirtual().start(() -> greetThenClose(server, closed));
      try (SwapLoad load = new SwapLoad(server.getLocalPort(), 1, 1_000)) {
        load.start();
        closed.await();
        SwapLoad.Result result = load.finish();
        assertThat(result.dropped()).isEqualTo(1);
        assertThat(result.lost()).isPositive().isEqualTo(result.sent());
      }
    }
  }

  /** Reads a little of what comes after the greeting, and answers nothing of it. */
  private static void greetThenClose(ServerSocket server, CountDownLatch closed) {
    try (Socket client = server.accept()) {
      byte[] greeting = client.getInputStream().readNBytes(5);
      client.getOutputStream().write(greeting);
      client.getInputStream().readNBytes(64);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      closed.countDown();
    }
  }

  @Test
  void aServerThatRefusesIsQuoted() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuse(server));
      assertThatThrownBy(() -> new EchoLoad(SELF, server.getLocalPort(), 1, 128))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ERR");
    }
  }

  private static void refuse(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getInputStream().readNBytes(5);
      client.getOutputStream().write("ERR no service\n".getBytes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

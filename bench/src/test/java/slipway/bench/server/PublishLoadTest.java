package slipway.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import slipway.bench.load.PublishLoad;

/** The load against bare Netty, and against a server that may be told to go wrong at one packet. */
@Timeout(60)
class PublishLoadTest {

  private static final long SELF = ProcessHandle.current().pid();
  private static final Duration LENGTH = Duration.ofMillis(300);
  private static final int PER_SECOND = 200;
  private static final int SESSIONS = 10;

  /** How a server goes wrong. */
  private enum Fault {
    NONE,
    LOSES,
    DOUBLES,
    CHANGES,
    RETURNS,
    CLOSES
  }

  /** A thread for each connection, and one lock for all. */
  private static final class FaultyPackets implements AutoCloseable {
    private final ServerSocket listening =
        new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final List<Socket> sessions = new ArrayList<>();
    private final AtomicInteger published = new AtomicInteger();
    private final Fault fault;

    FaultyPackets(Fault fault) throws IOException {
      this.fault = fault;
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return listening.getLocalPort();
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = listening.accept();
          Thread.ofVirtual().start(() -> serve(socket));
        }
      } catch (IOException closed) {
        // the test is over
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        synchronized (sessions) {
          sessions.add(socket);
        }
        while (true) {
          byte[] packet = new byte[2 + Short.reverseBytes(in.readShort())];
          packet[0] = (byte) (packet.length - 2);
          in.readFully(packet, 2, packet.length - 2);
          boolean echo = packet[2]++ == (byte) 5000;
          synchronized (sessions) {
            if (echo) {
              socket.getOutputStream().write(packet);
            } else {
              publish(socket, packet);
            }
          }
        }
      } catch (IOException closed) {
        // the load is over
      }
    }

    private void publish(Socket from, byte[] packet) throws IOException {
      Fault now = published.incrementAndGet() == 10 ? fault : Fault.NONE;
      if (now == Fault.CHANGES) {
        packet[packet.length - 1]++;
      }
      for (Socket each : sessions) {
        if (now == Fault.LOSES || each == from && now != Fault.RETURNS) {
          continue;
        }
        each.getOutputStream().write(packet);
        if (now == Fault.DOUBLES) {
          each.getOutputStream().write(packet);
        }
        if (now == Fault.CLOSES) {
          each.close();
        }
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }

  private static PublishLoad.Result run(Fault fault) throws IOException {
    try (FaultyPackets server = new FaultyPackets(fault);
        PublishLoad load = new PublishLoad(SELF, server.port(), SESSIONS, 3)) {
      return load.run(PER_SECOND, LENGTH);
    }
  }

  @Test
  void bareNettyShowsEachPacketToAllOthersFromAllOfItsLoops() throws Exception {
    Channel listening = NettyPackets.bind("nio", 2, "lan");
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    try (PublishLoad load = new PublishLoad(SELF, port, SESSIONS, 3)) {
      for (int run = 0; run < 2; run++) {
        PublishLoad.Result result = load.run(PER_SECOND, LENGTH);
        assertThat(result.latency().getTotalCount()).isEqualTo(60 * (SESSIONS - 1));
        assertThat(result.latency().getMinValue()).isPositive();
        assertThat(result.deliveries()).isBetween(0L, 60L * (SESSIONS - 1));
        assertThat(List.of(result.lost(), result.wrong())).containsOnly(0L);
      }
    } finally {
      listening.close().sync();
      listening.eventLoop().parent().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  @Test
  void aPacketThatNobodyIsShownIsLostForAllOthers() throws IOException {
    PublishLoad.Result result = run(Fault.LOSES);
    assertThat(result.lost()).isEqualTo(SESSIONS - 1);
    assertThat(result.wrong()).isZero();
  }

  @Test
  void aPacketThatIsShownTwiceIsWrong() throws IOException {
    PublishLoad.Result result = run(Fault.DOUBLES);
    assertThat(result.lost()).isZero();
    assertThat(result.wrong()).isEqualTo(SESSIONS - 1);
  }

  @Test
  void aPacketThatIsChangedIsWrongAndLost() throws IOException {
    PublishLoad.Result result = run(Fault.CHANGES);
    assertThat(result.lost()).isEqualTo(SESSIONS - 1);
    assertThat(result.wrong()).isEqualTo(SESSIONS - 1);
  }

  @Test
  void aPacketThatComesBackToItsPublisherIsWrong() throws IOException {
    PublishLoad.Result result = run(Fault.RETURNS);
    assertThat(result.lost()).isZero();
    assertThat(result.wrong()).isEqualTo(1);
  }

  @Test
  void aSessionThatIsClosedEndsTheRun() {
    assertThatThrownBy(() -> run(Fault.CLOSES))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the server has closed a session");
  }
}

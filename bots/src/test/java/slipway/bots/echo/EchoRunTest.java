package slipway.bots.echo;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.bots.link.Filler;
import slipway.bots.link.Target;
import slipway.bots.peer.Checks;
import slipway.bots.peer.PacketServer;
import slipway.bots.peer.PacketServer.Client;
import slipway.bots.report.Report;
import slipway.packet.PacketFormat;

/** Each check fails at its fault, and at no other. */
class EchoRunTest {

  private static final String FORMATS = "slipway.bots.peer.Formats#all";
  private static final String NET_FORMATS = "slipway.bots.peer.Formats#net";
  private static final Duration LONG = Duration.ofMinutes(5);

  /** The packet at which the server does something wrong, and the one at which a test ends. */
  private static final long WRONG = 3;

  private static final long LAST = 40;
  private static final int TICK = 10;

  /** What a server does with a packet whose number is {@link #WRONG}. */
  private interface Fault {
    void at(Client client, byte[] answer);

    default void afterAnother(Client client) {}
  }

  /** Echoes, except for one packet of the first client; knows when the last has come. */
  private static final class EchoServer implements PacketServer.Script {

    private final Fault fault;
    private final long last;
    private final CountDownLatch done = new CountDownLatch(1);
    private boolean failed;

    private EchoServer(Fault fault, long last) {
      this.fault = fault;
      this.last = last;
    }

    @Override
    public void packet(Client client, byte[] payload) {
      ByteBuf answer = Unpooled.wrappedBuffer(payload);
      assertThat(answer.getUnsignedShortLE(0)).isEqualTo(EchoPacket.REQUEST);
      long tick = answer.getLongLE(TICK);
      answer.setShortLE(0, EchoPacket.ANSWER);
      if (tick == WRONG && !failed) {
        failed = true;
        fault.at(client, payload);
      } else {
        client.send(payload);
        fault.afterAnother(client);
      }
      if (tick == last) {
        done.countDown();
      }
    }
  }

  private static EchoPlan plan(Target target, PacketFormat format, int clients, int underWay) {
    return new EchoPlan(
        target, format, clients, 2, new Filler(7, 12, 256), underWay, 0, Duration.ZERO, LONG, LONG);
  }

  private static Report run(PacketFormat format, Fault fault) throws Exception {
    return run(format, 1, fault, LAST, LONG);
  }

  private static Report run(
      PacketFormat format, int underWay, Fault fault, long last, Duration patience)
      throws Exception {
    EchoServer script = new EchoServer(fault, last);
    try (PacketServer server = new PacketServer(format, script)) {
      EchoPlan plan = plan(server.target(), format, 1, underWay);
      return run(with(plan, LONG, patience), script.done);
    }
  }

  private static EchoPlan with(EchoPlan plan, Duration late, Duration patience) {
    return new EchoPlan(
        plan.target(),
        plan.format(),
        plan.clients(),
        plan.loops(),
        plan.filler(),
        plan.underWay(),
        plan.reconnect(),
        plan.pause(),
        late,
        patience);
  }

  private static Report run(EchoPlan plan, CountDownLatch done) throws Exception {
    try (EchoRun run = new EchoRun(plan)) {
      run.start();
      assertThat(run.entered().get(1, MINUTES)).isTrue();
      assertThat(done.await(1, MINUTES)).isTrue();
      return run.finish();
    }
  }

  private static void assertReconciled(Report report) {
    assertThat(Checks.figure(report, "sent"))
        .isEqualTo(
            Checks.figure(report, "answered")
                + Checks.figure(report, "abandoned")
                + Checks.figure(report, "lost")
                + Checks.failed(report).getOrDefault("unanswered", 0L));
    assertThat(Checks.figure(report, "connects"))
        .isEqualTo(
            Checks.figure(report, "ownCloses")
                + Checks.failed(report).getOrDefault("unexpectedCloses", 0L));
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aRightServerPasses(PacketFormat format) throws Exception {
    Report report = run(format, Client::send);
    assertThat(report.passed()).isTrue();
    assertThat(report.fault()).isEmpty();
    assertReconciled(report);
    assertThat(Checks.figure(report, "answered")).isGreaterThan(LAST);
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void answersInTheWrongOrderAreNoticed(PacketFormat format) throws Exception {
    Report report = run(format, 2, new Swapped(), LAST, LONG);
    assertThat(Checks.failed(report)).isEqualTo(Map.of("orderErrors", 1L));
    assertReconciled(report);
  }

  /** Keeps an answer until the one after it is sent. */
  private static final class Swapped implements Fault {

    private byte[] kept;

    @Override
    public void at(Client client, byte[] answer) {
      kept = answer;
    }

    @Override
    public void afterAnother(Client client) {
      if (kept != null) {
        client.send(kept);
        kept = null;
      }
    }
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aWrongByteIsNoticedAndShown(PacketFormat format) throws Exception {
    Report report =
        run(
            format,
            (client, answer) -> {
              answer[answer.length - 1] ^= 0x10;
              client.send(answer);
            });
    assertThat(Checks.failed(report)).isEqualTo(Map.of("contentErrors", 1L));
    assertThat(report.fault().orElseThrow().what()).isEqualTo("the content");
    assertThat(report.fault().orElseThrow().difference()).isGreaterThanOrEqualTo(EchoPlan.HEAD);
    assertReconciled(report);
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void anAnswerThatIsTooShortIsNoticed(PacketFormat format) throws Exception {
    Report report =
        run(format, (client, answer) -> client.send(Arrays.copyOf(answer, answer.length - 1)));
    assertThat(Checks.failed(report)).isEqualTo(Map.of("contentErrors", 1L));
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void anAnswerOfAnotherClientIsNoticed(PacketFormat format) throws Exception {
    Report report =
        run(
            format,
            (client, answer) -> {
              answer[2] ^= 1;
              client.send(answer);
            });
    assertThat(Checks.failed(report)).isEqualTo(Map.of("contentErrors", 1L));
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void anAnswerThatComesTwiceIsNoticed(PacketFormat format) throws Exception {
    Report report =
        run(
            format,
            (client, answer) -> {
              client.send(answer);
              client.send(answer);
            });
    assertThat(Checks.failed(report)).isEqualTo(Map.of("orderErrors", 1L));
    assertReconciled(report);
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void anAnswerThatDoesNotComeIsNoticed(PacketFormat format) throws Exception {
    Report report = run(format, 1, (client, answer) -> {}, WRONG, Duration.ZERO);
    assertThat(Checks.failed(report)).isEqualTo(Map.of("unanswered", 1L));
    assertReconciled(report);
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void anAnswerThatComesLateIsNoticed(PacketFormat format) throws Exception {
    EchoServer script =
        new EchoServer((client, answer) -> client.later(60, () -> client.send(answer)), LAST);
    try (PacketServer server = new PacketServer(format, script)) {
      EchoPlan plan = plan(server.target(), format, 1, 1);
      Report report = run(with(plan, Duration.ofMillis(50), LONG), script.done);
      assertThat(Checks.failed(report)).containsOnlyKeys("late");
      assertReconciled(report);
    }
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aConnectionThatTheServerClosesIsNoticed(PacketFormat format) throws Exception {
    Report report = run(format, (client, answer) -> client.close());
    assertThat(Checks.failed(report)).isEqualTo(Map.of("unexpectedCloses", 1L));
    assertThat(Checks.figure(report, "lost")).isEqualTo(1);
    assertThat(Checks.figure(report, "connects")).isEqualTo(2);
    assertReconciled(report);
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void anAnswerOfAnotherTypeIsNoticed(PacketFormat format) throws Exception {
    Report report =
        run(
            format,
            (client, answer) -> {
              client.send(new byte[] {1, 2, 3});
              client.send(answer);
            });
    assertThat(Checks.failed(report)).isEqualTo(Map.of("packetErrors", 1L));
    assertThat(report.fault().orElseThrow().what()).isEqualTo("no answer to an echo");
    assertReconciled(report);
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aPacketThatIsTooLongIsNoticed(PacketFormat format) throws Exception {
    Report report = run(format, (client, answer) -> client.send(new byte[format.max() + 1]));
    assertThat(Checks.failed(report)).isEqualTo(Map.of("packetErrors", 1L));
    assertThat(report.fault().orElseThrow().what()).isEqualTo("the framing, BAD_LENGTH");
    assertReconciled(report);
  }

  @ParameterizedTest
  @MethodSource(NET_FORMATS)
  void aWrongChecksumIsNoticed(PacketFormat format) throws Exception {
    Report report = run(format, (client, answer) -> client.send(answer, true));
    assertThat(Checks.failed(report)).isEqualTo(Map.of("packetErrors", 1L));
    assertThat(report.fault().orElseThrow().what()).isEqualTo("the checksum");
    assertThat(report.fault().orElseThrow().difference()).isGreaterThanOrEqualTo(EchoPlan.HEAD);
    assertReconciled(report);
  }

  @Test
  void aServerThatIsNotThereIsNoticed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (EchoRun run =
        new EchoRun(plan(new Target("127.0.0.1", port), PacketFormat.lan(2000), 3, 1))) {
      run.start();
      assertThat(run.entered().get(1, MINUTES)).isFalse();
      assertThat(run.failure()).hasMessageContaining("refused");
      assertThat(Checks.failed(run.finish())).containsOnlyKeys("failedConnects");
    }
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void clientsThatLeaveAndComeBackLoseNothing(PacketFormat format) throws Exception {
    AtomicInteger joined = new AtomicInteger();
    CountDownLatch enough = new CountDownLatch(60);
    PacketServer.Script script =
        new PacketServer.Script() {
          @Override
          public void joined(Client client) {
            joined.incrementAndGet();
            enough.countDown();
          }

          @Override
          public void packet(Client client, byte[] payload) {
            payload[0]++; // 5001 instead of 5000
            client.send(payload);
          }
        };
    Report report;
    try (PacketServer server = new PacketServer(format, script)) {
      EchoPlan plan = plan(server.target(), format, 20, 10);
      report =
          run(
              new EchoPlan(
                  plan.target(),
                  format,
                  plan.clients(),
                  plan.loops(),
                  plan.filler(),
                  plan.underWay(),
                  100,
                  Duration.ofMillis(1),
                  LONG,
                  LONG),
              enough);
    }
    assertThat(Checks.failed(report)).isEmpty();
    assertReconciled(report);
    assertThat(Checks.figure(report, "connects")).isEqualTo(joined.get());
  }
}

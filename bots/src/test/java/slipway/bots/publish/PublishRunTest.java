package slipway.bots.publish;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.bots.link.Filler;
import slipway.bots.peer.Checks;
import slipway.bots.peer.PacketServer;
import slipway.bots.peer.PacketServer.Client;
import slipway.bots.report.Report;
import slipway.packet.PacketFormat;

/** Each check fails at its fault, and at no other. */
class PublishRunTest {

  private static final String FORMATS = "slipway.bots.peer.Formats#all";
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int CLIENTS = 3;
  private static final int RATE = 100;

  /** The packet of the client 0 at which the server does something wrong to one reader. */
  private static final long WRONG = 3;

  private static final long LAST = 10;
  private static final int PUBLISHER = 4;
  private static final int NUMBER = 12;

  /** What a server does with one packet for one reader, instead of sending it. */
  private interface Fault {
    void at(Client reader, byte[] packet);

    default void afterAnother(Client reader, boolean sameSource) {}
  }

  /** Relays what is published to all others, except for one packet to one reader. */
  private static final class Hub implements PacketServer.Script {

    private final Fault fault;
    private final long wrong;
    private final List<Client> clients = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(CLIENTS);
    private final boolean onwards;
    private volatile Client victim;

    /** The publisher whose packets the victim does not get. */
    private volatile Client source;

    private Hub(Fault fault, long wrong) {
      this(fault, wrong, false);
    }

    /** Does it with all packets from that one on, perhaps. */
    private Hub(Fault fault, long wrong, boolean onwards) {
      this.fault = fault;
      this.wrong = wrong;
      this.onwards = onwards;
    }

    @Override
    public void joined(Client client) {
      clients.add(client);
    }

    @Override
    public void left(Client client) {
      clients.remove(client);
    }

    @Override
    public void packet(Client client, byte[] payload) {
      ByteBuf packet = Unpooled.wrappedBuffer(payload);
      boolean greeting = packet.getUnsignedShortLE(0) == PublishPacket.GREETING;
      packet.setShortLE(0, packet.getShortLE(0) + 1);
      if (greeting) {
        client.send(payload);
        return;
      }
      long publisher = packet.getLongLE(PUBLISHER);
      long number = packet.getLongLE(NUMBER);
      for (Client reader : List.copyOf(clients)) {
        if (reader != client) {
          boolean isWrong = number == wrong && victim == null;
          boolean staysWrong = onwards && number > wrong && victim == reader;
          if (isWrong && publisher == 0) {
            source = client;
          }
          relay(reader, payload, publisher == 0, publisher == 0 && (isWrong || staysWrong));
        }
      }
      if (number == LAST) {
        done.countDown();
      }
    }

    private void relay(Client reader, byte[] packet, boolean sameSource, boolean isWrong) {
      if (isWrong) {
        victim = reader;
        fault.at(reader, packet.clone());
      } else {
        reader.send(packet);
        if (reader == victim) {
          fault.afterAnother(reader, sameSource);
        }
      }
    }
  }

  private static Report run(PacketFormat format, Fault fault) throws Exception {
    return run(format, new Hub(fault, WRONG), LONG, LONG);
  }

  private static Report run(PacketFormat format, Hub hub, Duration late, Duration patience)
      throws Exception {
    try (PacketServer server = new PacketServer(format, hub);
        PublishRun run = new PublishRun(plan(server, format, late, patience))) {
      run.start();
      assertThat(run.entered().get(1, MINUTES)).isTrue();
      assertThat(hub.done.await(1, MINUTES)).isTrue();
      return run.finish();
    }
  }

  private static PublishPlan plan(
      PacketServer server, PacketFormat format, Duration late, Duration patience) {
    return new PublishPlan(
        server.target(), format, CLIENTS, 2, new Filler(7, 12, 256), RATE, late, patience);
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aRightServerPassesAndEachPacketIsHeardByAllOthers(PacketFormat format) throws Exception {
    Report report = run(format, Client::send);
    assertThat(Checks.failed(report)).isEmpty();
    assertThat(Checks.figure(report, "published")).isGreaterThan(CLIENTS * LAST);
    assertThat(Checks.figure(report, "heard"))
        .isEqualTo(Checks.figure(report, "published") * (CLIENTS - 1));
    assertThat(Checks.figure(report, "connects")).isEqualTo(CLIENTS);
    assertThat(Checks.figure(report, "ownCloses")).isEqualTo(CLIENTS);
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aGapIsNoticed(PacketFormat format) throws Exception {
    Report report = run(format, (reader, packet) -> {});
    assertThat(Checks.failed(report)).isEqualTo(Map.of("skipped", 1L));
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aPacketThatComesTwiceIsNoticed(PacketFormat format) throws Exception {
    Report report =
        run(
            format,
            (reader, packet) -> {
              reader.send(packet);
              reader.send(packet);
            });
    assertThat(Checks.failed(report)).isEqualTo(Map.of("repeated", 1L));
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aWrongByteIsNoticed(PacketFormat format) throws Exception {
    Report report =
        run(
            format,
            (reader, packet) -> {
              packet[packet.length - 1] ^= 1;
              reader.send(packet);
            });
    assertThat(Checks.failed(report)).isEqualTo(Map.of("contentErrors", 1L));
    assertThat(report.fault().orElseThrow().what()).isEqualTo("the content");
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void whatNobodyHasPublishedIsNoticed(PacketFormat format) throws Exception {
    Report report =
        run(
            format,
            (reader, packet) -> {
              reader.send(new byte[] {1});
              reader.send(packet);
            });
    assertThat(Checks.failed(report)).isEqualTo(Map.of("packetErrors", 1L));
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void aReaderThatIsClosedIsNoticed(PacketFormat format) throws Exception {
    Hub hub = new Hub((reader, packet) -> reader.close(), WRONG);
    hub.done.countDown(); // the one that is closed publishes no more
    Report report = run(format, hub, LONG, LONG);
    assertThat(Checks.failed(report)).isEqualTo(Map.of("unexpectedCloses", 1L));
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void whatDoesNotComeInTheEndIsNoticed(PacketFormat format) throws Exception {
    Hub hub = new Hub((reader, packet) -> {}, WRONG, true);
    Report report = run(format, hub, LONG, Duration.ZERO);
    assertThat(Checks.failed(report)).containsOnlyKeys("missing");
  }

  /** Neither a reader that is closed is waited for, nor what a closed publisher has published. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClientThatIsClosedInTheEndIsNotWaitedFor(boolean publisher) throws Exception {
    PacketFormat format = PacketFormat.lan(2000);
    Hub hub = new Hub((reader, packet) -> {}, WRONG, true);
    try (PacketServer server = new PacketServer(format, hub);
        PublishRun run = new PublishRun(plan(server, format, LONG, LONG))) {
      run.start();
      assertThat(run.entered().get(1, MINUTES)).isTrue();
      assertThat(hub.done.await(1, MINUTES)).isTrue();
      CompletableFuture<Report> report = CompletableFuture.supplyAsync(run::finish);
      (publisher ? hub.source : hub.victim).close();
      assertThat(Checks.failed(report.get(1, MINUTES))).isEqualTo(Map.of("unexpectedCloses", 1L));
    }
  }

  /** Keeps a packet until the one after it is relayed. */
  private static final class Swapped implements Fault {

    private byte[] kept;

    @Override
    public void at(Client reader, byte[] packet) {
      kept = packet;
    }

    @Override
    public void afterAnother(Client reader, boolean sameSource) {
      if (kept != null && sameSource) {
        reader.send(kept);
        kept = null;
      }
    }
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void theWrongOrderIsNoticed(PacketFormat format) throws Exception {
    Report report = run(format, new Swapped());
    assertThat(Checks.failed(report)).isEqualTo(Map.of("skipped", 1L, "repeated", 1L));
  }

  @ParameterizedTest
  @MethodSource(FORMATS)
  void whatComesLateIsNoticed(PacketFormat format) throws Exception {
    Hub hub = new Hub((reader, packet) -> {}, Long.MAX_VALUE);
    Report report = run(format, hub, Duration.ofNanos(1), LONG);
    assertThat(Checks.failed(report)).containsOnlyKeys("late");
  }
}

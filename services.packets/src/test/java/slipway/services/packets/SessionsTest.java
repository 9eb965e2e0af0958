package slipway.services.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import slipway.packet.Packet;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketCodec;
import slipway.packet.PacketEnd;
import slipway.packet.PacketFormat;
import slipway.packet.PacketReader;
import slipway.packet.PacketService;
import slipway.packet.PacketSession;
import slipway.packet.PacketSessions;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.service.Delimiter;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.PipelineService;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

/** What becomes of the sessions of a service. */
class SessionsTest {

  private static final PacketFormat LAN = PacketFormat.lan(2000);

  private PacketSettings settings = PacketSettings.usual(LAN);
  private final Packets packets = new Packets(connection -> settings);
  private final List<String> told = new ArrayList<>();

  /** Tells what it is told, and echoes. */
  private class Telling extends PacketService {
    private final String name;
    private PacketSession last;

    Telling(String name) {
      super(packets);
      this.name = name;
    }

    @Override
    protected boolean admit(SocketAddress address) {
      return !(address instanceof InetSocketAddress inet)
          || !inet.getHostString().equals("192.0.2.9");
    }

    @Override
    protected void joined(PacketSession session) throws Exception {
      last = session;
      tell("joined");
    }

    @Override
    protected void packet(PacketSession session, PacketReader packet) throws Exception {
      byte[] bytes = new byte[packet.remaining()];
      packet.bytes(bytes);
      tell("packet " + HexFormat.of().formatHex(bytes));
      session.write().bytes(bytes).send();
    }

    @Override
    protected void batchDone(PacketSession session) {
      tell("batch done");
    }

    @Override
    protected void left(PacketSession session, PacketEnd why) {
      tell("left " + why);
    }

    @Override
    protected Handed handOver(PacketSession session) {
      tell("hands over");
      return Handed.nothing().with("name", name);
    }

    @Override
    protected void takeUp(PacketSession session, Handed handed) throws Exception {
      last = session;
      tell("takes up from " + handed.text("name").orElse("nobody"));
    }

    @Override
    protected void goingAway(PacketSession session, GoingAway news) {
      tell("going away");
      session.write().u8(0xff).send();
    }

    private void tell(String what) {
      told.add(name + " " + what);
    }
  }

  private Client connect(TestHost host) {
    return new Client(host.connect(), LAN);
  }

  // ---- from joining to leaving -----------------------------------------------------------------

  @Test
  void aServiceIsToldOfEachStepInOrder() {
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client client = connect(host);
      client.send("01", "", "02");
      assertThat(client.received()).containsExactly("01", "", "02");
      client.connection().close();
      assertThat(told)
          .containsExactly(
              "a joined", "a packet 01", "a packet ", "a packet 02", "a batch done", "a left LEFT");
    }
  }

  @Test
  void halfAPacketIsNoBatch() {
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client client = connect(host);
      client.connection().send(new byte[] {1});
      client.connection().send(new byte[] {0});
      assertThat(told).containsExactly("a joined");
      client.connection().send(new byte[] {7});
      assertThat(told).endsWith("a packet 07", "a batch done");
    }
  }

  @Test
  void aPeerThatIsNotAdmittedHearsNothingAndNeverJoins() {
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      TestConnection refused = host.connect(new InetSocketAddress("192.0.2.9", 4000));
      assertThat(refused.isOpen()).isFalse();
      assertThat(refused.received()).isEmpty();
      assertThat(told).isEmpty();
      assertThat(packets.sessions("telling").ended(PacketEnd.REFUSED)).isOne();
      assertThat(host.connect(new InetSocketAddress("192.0.2.8", 4000)).isOpen()).isTrue();
    }
  }

  @Test
  void aClientThatNamesTheServiceSendsPacketsBehindTheName() {
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client client = new Client(host.connect(Delimiter.LF), LAN);
      client.send("0a");
      assertThat(client.received()).containsExactly("0a");
    }
  }

  @Test
  void aPeerThatEndsItsInputStillReadsTheAnswers() {
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client client = connect(host);
      client.connection().reads(false);
      client.send("01");
      client.connection().endOutput();
      assertThat(told).endsWith("a left LEFT");
      client.connection().reads(true);
      assertThat(client.received()).containsExactly("01");
      assertThat(client.connection().isOpen()).isFalse();
    }
  }

  @Test
  void aServiceThatFailsEndsThatSessionAlone() {
    PacketService failing =
        new Telling("a") {
          @Override
          protected void packet(PacketSession session, PacketReader packet) {
            if (packet.u8() == 0) {
              throw new IllegalStateException("at this one");
            }
            session.write().u8(1).send();
          }
        };
    try (TestHost host = new TestHost("telling", failing)) {
      Client bad = connect(host);
      Client good = connect(host);
      bad.send("01", "00", "01");
      assertThat(bad.received()).containsExactly("01");
      assertThat(bad.connection().isOpen()).isFalse();
      assertThat(told).containsOnlyOnce("a left FAILED");
      good.send("01");
      assertThat(good.received()).containsExactly("01");
    }
  }

  @Test
  void theLastWordIsSentBeforeTheEnd() {
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client client = connect(host);
      host.goingAway(new GoingAway(GoingAway.Reason.DRAINED, false, Optional.of(Instant.EPOCH)));
      assertThat(client.received()).containsExactly("ff");
      assertThat(client.connection().isOpen()).isTrue();
      host.goingAway(new GoingAway(GoingAway.Reason.DRAINED, true, Optional.of(Instant.EPOCH)));
      assertThat(client.received()).containsExactly("ff");
      assertThat(client.connection().isOpen()).isFalse();
      assertThat(told).endsWith("a going away", "a left CLOSED");
    }
  }

  @Test
  void aSessionThatIsClosedIsSentWhatWasSentBefore() {
    PacketService closing =
        new Telling("a") {
          @Override
          protected void packet(PacketSession session, PacketReader packet) {
            session.write().u8(1).send();
            assertThat(session.close()).isTrue();
            assertThat(session.close()).as("it is over").isFalse();
            told.add("returns");
          }
        };
    try (TestHost host = new TestHost("telling", closing)) {
      Client client = connect(host);
      client.send("09", "09");
      assertThat(client.received()).containsExactly("01");
      assertThat(client.connection().isOpen()).isFalse();
      assertThat(told).containsExactly("a joined", "returns", "a left CLOSED");
    }
  }

  @Test
  void whatIsSentToASessionThatWasClosedIsNotSent() {
    PacketService closing =
        new Telling("a") {
          @Override
          protected void packet(PacketSession session, PacketReader packet) {
            session.write().u8(1).send();
            session.close();
            session.write().u8(2).send();
            session.write().u8(3).sendIfRoom();
            session.write().u8(4).sendLatest(1);
          }

          @Override
          protected void left(PacketSession session, PacketEnd why) {
            session.write().u8(5).send();
            assertThat(session.sent()).isOne();
          }
        };
    try (TestHost host = new TestHost("telling", closing)) {
      Client client = connect(host);
      client.send("09");
      assertThat(client.received()).containsExactly("01");
      assertThat(client.connection().isOpen()).isFalse();
    }
  }

  @Test
  void aPeerThatNeverReadsTheEndIsClosedAfterAWhile() {
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client client = connect(host);
      client.connection().reads(false);
      client.send("01");
      long id = client.connection().connection().id();
      assertThat(packets.sessions("telling").find(id).orElseThrow().close()).isTrue();
      host.run();
      assertThat(client.connection().isOpen()).isTrue();
      host.pass(Duration.ofSeconds(10));
      assertThat(client.connection().isOpen()).isFalse();
    }
  }

  @Test
  void aNumberThatIsOverFindsNothing() {
    Telling telling = new Telling("a");
    try (TestHost host = new TestHost("telling", telling);
        Packet packet = PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT).u8(1).build()) {
      Client client = connect(host);
      PacketSession session = telling.last;
      assertThat(packets.sessions("telling").find(session.id())).containsSame(session);
      assertThat(session.send(packet)).isTrue();
      host.run();
      assertThat(client.received()).containsExactly("01");
      client.connection().close();
      assertThat(session.isOpen()).isFalse();
      assertThat(session.send(packet)).isFalse();
      assertThat(session.sendLatest(packet, 1)).isFalse();
      assertThat(session.sendIfRoom(packet)).isFalse();
      assertThat(packets.sessions("telling").find(session.id())).isEmpty();
      assertThat(packets.sessions("telling").open()).isEmpty();
    }
  }

  @Test
  void aServiceThatIsOnlyAskedForLeavesNothing() {
    PacketSessions early = packets.sessions("telling");
    try (Packet packet = PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT).u8(1).build()) {
      early.send(packet);
      assertThat(early.find(1)).isEmpty();
      assertThat(early.open()).isEmpty();
      assertThat(early.count()).isZero();
      assertThat(early.ended(PacketEnd.values())).isZero();
      assertThat(packets.services()).isEmpty();
      try (TestHost host = new TestHost("telling", new Telling("a"))) {
        Client client = connect(host);
        assertThat(packets.services()).containsExactly("telling");
        assertThat(early.count()).as("what was asked for before").isOne();
        early.send(packet);
        host.run();
        assertThat(client.received()).containsExactly("01");
        client.connection().close();
        assertThat(early.count()).isZero();
        assertThat(early.ended(PacketEnd.LEFT)).isOne();
      }
    }
  }

  // ---- limits ----------------------------------------------------------------------------------

  @Test
  void aPeerThatIsSilentForTooLongIsClosed() {
    settings = new PacketSettings(LAN, Duration.ofSeconds(40), 0, 1, false, 1024, 2048);
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client silent = connect(host);
      Client alive = connect(host);
      for (int i = 0; i < 4; i++) {
        host.pass(Duration.ofSeconds(13));
        alive.connection().send(new byte[] {i % 2 == 0 ? (byte) 1 : 0}); // a byte is enough
      }
      assertThat(silent.connection().isOpen()).isFalse();
      assertThat(alive.connection().isOpen()).isTrue();
      assertThat(packets.sessions("telling").ended(PacketEnd.TIMEOUT)).isOne();
      host.pass(Duration.ofSeconds(40));
      assertThat(alive.connection().isOpen()).isFalse();
    }
  }

  @Test
  void aPeerThatSendsTooFastIsReadAsFastAsItMay() {
    settings = new PacketSettings(LAN, Duration.ZERO, 10, 3, false, 1024, 2048);
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client fast = connect(host);
      fast.send("01", "02", "03", "04", "05");
      assertThat(fast.received()).containsExactly("01", "02", "03");
      assertThat(fast.connection().isRead()).isFalse();
      fast.send("06");
      host.pass(Duration.ofMillis(99));
      assertThat(fast.received()).isEmpty();
      host.pass(Duration.ofMillis(1));
      assertThat(fast.received()).containsExactly("04");
      host.pass(Duration.ofMillis(100));
      assertThat(fast.received()).containsExactly("05");
      host.pass(Duration.ofMillis(100));
      assertThat(fast.received()).containsExactly("06");
      assertThat(fast.connection().isRead()).isTrue();
      host.pass(Duration.ofSeconds(1));
      fast.send("07", "08", "09", "0a");
      assertThat(fast.received()).as("a burst of three again").hasSize(3);
    }
  }

  @Test
  void aPeerThatSendsTooFastAndEndsItsOutputIsStillAnswered() {
    settings = new PacketSettings(LAN, Duration.ZERO, 10, 3, false, 1024, 2048);
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client fast = connect(host);
      fast.send("01", "02", "03", "04", "05", "06");
      fast.connection().send(new byte[] {1}); // and half a packet
      fast.endsOutputUnread();
      assertThat(fast.received()).containsExactly("01", "02", "03");
      host.pass(Duration.ofMillis(100));
      assertThat(fast.received()).containsExactly("04");
      assertThat(told).endsWith("a packet 04", "a batch done");
      host.pass(Duration.ofMillis(100));
      assertThat(fast.received()).containsExactly("05");
      assertThat(fast.connection().isOpen()).isTrue();
      host.pass(Duration.ofMillis(100));
      assertThat(fast.received()).containsExactly("06");
      host.pass(Duration.ofMillis(100));
      assertThat(told).endsWith("a packet 06", "a batch done", "a left LEFT");
      assertThat(fast.connection().isOpen()).isFalse();
    }
  }

  @Test
  void aPeerThatIsLostWhileItsPacketsWaitHasLeftAtOnce() {
    settings = new PacketSettings(LAN, Duration.ZERO, 10, 1, false, 1024, 2048);
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client fast = connect(host);
      fast.send("01", "02", "03", "04");
      fast.endsOutputUnread();
      host.pass(Duration.ofMillis(100));
      fast.connection().close();
      host.pass(Duration.ofSeconds(1));
      assertThat(told).endsWith("a packet 02", "a batch done", "a left LEFT");
    }
  }

  @Test
  void whatWaitsAndTheEndOfTheInputPassToAnotherVersion() {
    settings = new PacketSettings(LAN, Duration.ZERO, 10, 1, false, 1024, 2048);
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client fast = connect(host);
      fast.send("01", "02", "03");
      fast.endsOutputUnread();
      host.pass(Duration.ofMillis(100));
      host.handOver(new Telling("b"));
      host.pass(Duration.ofMillis(100));
      assertThat(fast.received()).containsExactly("01", "02", "03");
      assertThat(told).endsWith("b takes up from a", "b packet 03", "b batch done", "b left LEFT");
      assertThat(fast.connection().isOpen()).isFalse();
    }
  }

  @Test
  void whatWaitsAndTheEndOfTheInputPassToAVersionWithoutPackets() {
    settings = new PacketSettings(LAN, Duration.ZERO, 10, 1, false, 1024, 2048);
    PipelineService raw =
        (connection, handed, handlers) ->
            handlers.add(
                "raw",
                () ->
                    new ChannelInboundHandlerAdapter() {
                      @Override
                      public void channelRead(ChannelHandlerContext context, Object bytes) {
                        context.writeAndFlush(bytes);
                      }
                    });
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client fast = connect(host);
      fast.send("01", "02", "03");
      fast.endsOutputUnread();
      host.pass(Duration.ofMillis(100));
      host.handOver(raw);
      assertThat(fast.connection().version()).isEqualTo("2.0.0");
      assertThat(fast.received()).containsExactly("01", "02", "03");
      assertThat(fast.connection().isOpen()).isFalse();
    }
  }

  @Test
  void aPeerThatIsNotReadIsNotTakenForSilent() {
    settings = new PacketSettings(LAN, Duration.ofSeconds(2), 10, 1, false, 1024, 2048);
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client fast = connect(host);
      fast.send("01".repeat(50).split("(?<=\\G..)"));
      for (int i = 1; i < 50; i++) {
        host.pass(Duration.ofMillis(100));
      }
      assertThat(fast.received()).hasSize(50);
      assertThat(fast.connection().isRead()).isTrue();
      host.pass(Duration.ofMillis(1999));
      assertThat(fast.connection().isOpen()).isTrue();
      host.pass(Duration.ofMillis(1));
      assertThat(fast.connection().isOpen()).as("it was read, and silent").isFalse();
      assertThat(told).endsWith("a left TIMEOUT");
    }
  }

  @Test
  void aPeerOfAServiceThatTakesNoPacketsIsNotTakenForSilent() {
    settings = new PacketSettings(LAN, Duration.ofSeconds(2), 0, 1, false, 1024, 2048);
    Telling telling = new Telling("a");
    try (TestHost host = new TestHost("telling", telling)) {
      Client client = connect(host);
      telling.last.reads(false);
      host.pass(Duration.ofSeconds(7));
      telling.last.reads(true);
      host.pass(Duration.ofMillis(1999));
      assertThat(client.connection().isOpen()).isTrue();
      host.pass(Duration.ofMillis(1));
      assertThat(client.connection().isOpen()).isFalse();
    }
  }

  @Test
  void aPeerThatSendsTooFastIsClosedIfThatIsConfigured() {
    settings = new PacketSettings(LAN, Duration.ZERO, 10, 3, true, 1024, 2048);
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client fast = connect(host);
      fast.send("01", "02", "03");
      assertThat(fast.connection().isOpen()).isTrue();
      fast.send("04");
      assertThat(fast.received()).containsExactly("01", "02", "03");
      assertThat(fast.connection().isOpen()).isFalse();
      assertThat(told).endsWith("a left RATE");
    }
  }

  @Test
  void aPeerThatDoesNotReadIsClosedWhenMoreWaitsThanMay() {
    settings = new PacketSettings(LAN, Duration.ZERO, 0, 1, false, 1024, 4096);
    Telling telling = new Telling("a");
    try (TestHost host = new TestHost("telling", telling);
        Packet packet =
            PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT).bytes(new byte[1900]).build()) {
      Client slow = connect(host);
      PacketSession session = telling.last;
      slow.connection().reads(false);
      while (session.connection().channel().isWritable()) {
        session.send(packet);
        host.run();
      }
      session.send(packet);
      session.send(packet);
      host.run();
      host.pass(Duration.ofMillis(1));
      assertThat(slow.connection().isOpen()).as("less waits than may").isTrue();
      assertThat(session.waiting()).isEqualTo(2 * 1902);
      session.send(packet);
      host.run();
      assertThat(slow.connection().isOpen()).as("the transport may have its turn").isTrue();
      host.pass(Duration.ofMillis(1));
      assertThat(slow.connection().isOpen()).isFalse();
      assertThat(told).endsWith("a left SLOW");
    }
  }

  @Test
  void ofPacketsThatMayBeMissedTheOldestAreLeftOutAndTheNewestOfAKeyCounts() {
    settings = new PacketSettings(LAN, Duration.ZERO, 0, 1, false, 1024, 1024);
    Telling telling = new Telling("a");
    try (TestHost host = new TestHost("telling", telling)) {
      Client slow = connect(host);
      PacketSession session = telling.last;
      slow.connection().reads(false);
      while (session.connection().channel().isWritable()) {
        session.write().bytes(new byte[1000]).send();
        host.run();
      }
      for (int i = 0; i < 100; i++) {
        session.write().u8(1).u8(i).sendLatest(7);
        session.write().u8(2).bytes(new byte[60]).u8(i).sendIfRoom();
        session.write().u8(3).u8(i % 50).sendLatest(8);
        host.run();
      }
      session.write().u8(4).send();
      host.run();
      host.pass(Duration.ofMillis(1));
      slow.connection().reads(true);
      List<String> received =
          slow.received().stream().filter(packet -> packet.length() < 200).toList();
      assertThat(received.stream().filter(packet -> packet.startsWith("01")))
          .containsExactly("0163");
      assertThat(received.stream().filter(packet -> packet.startsWith("03")))
          .containsExactly("0331");
      assertThat(received.stream().filter(packet -> packet.startsWith("02")))
          .hasSizeBetween(10, 17)
          .last()
          .asString()
          .endsWith("63");
      assertThat(received).last().isEqualTo("04");
      assertThat(slow.connection().isOpen()).isTrue();
      assertThat(session.leftOut()).isBetween(250L, 300L);
      session.write().u8(5).sendLatest(7);
      host.run();
      assertThat(slow.received()).containsExactly("05");
    }
  }

  @Test
  void whoFloodsAndDoesNotReadIsNotReadOn() {
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client flood = connect(host);
      flood.connection().reads(false);
      String packet = "00".repeat(1000);
      for (int i = 0; i < 1000; i++) {
        flood.send(packet);
      }
      assertThat(flood.connection().isOpen()).isTrue();
      assertThat(told.size()).as("packets that were taken").isLessThan(300);
      flood.connection().reads(true);
      assertThat(flood.received()).hasSize(1000);
    }
  }

  // ---- writing ---------------------------------------------------------------------------------

  @Test
  void aPacketThatIsBegunAndNotSentIsTheServicesFault() {
    PacketService forgets =
        new Telling("a") {
          @Override
          protected void packet(PacketSession session, PacketReader packet) {
            session.write().u8(1).send();
            session.write().u8(2);
          }
        };
    try (TestHost host = new TestHost("telling", forgets)) {
      Client client = connect(host);
      client.send("09");
      assertThat(client.received()).containsExactly("01");
      assertThat(told).endsWith("a left FAILED");
    }
  }

  @Test
  void aPacketThatIsTooLongIsRefusedAndTheOthersGo() {
    Telling telling = new Telling("a");
    try (TestHost host = new TestHost("telling", telling)) {
      Client client = connect(host);
      PacketSession session = telling.last;
      session.write().u8(1).send();
      assertThatThrownBy(() -> session.write().bytes(new byte[2001]).send())
          .hasMessage("a packet of 2001 bytes: allowed is up to 2000");
      session.write().u8(2).send();
      host.run();
      assertThat(client.received()).containsExactly("01", "02");
      assertThat(client.connection().isOpen()).isTrue();
    }
  }

  @Test
  void aPacketThatIsBegunOutsideOfTheServicesMethodsIsNotSentEither() {
    Telling telling = new Telling("a");
    try (TestHost host = new TestHost("telling", telling)) {
      Client client = connect(host);
      PacketSession session = telling.last;
      session.write().u8(1).send();
      assertThatThrownBy(() -> session.write().u8(1).u8(256)).hasMessageContaining("256");
      assertThatThrownBy(session::write).isInstanceOf(IllegalStateException.class);
      host.run();
      assertThat(client.received()).containsExactly("01");
      assertThat(told).endsWith("a left FAILED");
    }
  }

  @Test
  void whatIsSentToAllReachesTheOthersOfOneThatHasBegunAPacket() {
    Telling telling = new Telling("a");
    try (TestHost host = new TestHost("telling", telling);
        Packet packet = PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT).u8(1).build()) {
      Client forgets = connect(host);
      telling.last.write().u8(2);
      PacketSession session = telling.last;
      assertThatThrownBy(() -> session.send(packet)).isInstanceOf(IllegalStateException.class);
      Client other = connect(host);
      packets.sessions("telling").send(packet);
      host.run();
      assertThat(other.received()).containsExactly("01");
      assertThat(forgets.received()).isEmpty();
      assertThat(forgets.connection().isOpen()).isFalse();
      assertThat(told).containsOnlyOnce("a left FAILED");
    }
  }

  @Test
  void aPacketIsWrittenInTheEventLoopOnlyAndSentFromAnyThread() throws Exception {
    Telling telling = new Telling("a");
    try (TestHost host = new TestHost("telling", telling);
        Packet packet = PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT).u8(1).build()) {
      Client client = connect(host);
      PacketSession session = telling.last;
      CompletableFuture.runAsync(
              () -> {
                assertThatThrownBy(session::write).isInstanceOf(IllegalStateException.class);
                session.send(packet);
                packets.sessions("telling").send(packet);
                session.close();
              })
          .get();
      host.run();
      assertThat(client.received()).containsExactly("01", "01");
      assertThat(client.connection().isOpen()).isFalse();
    }
  }

  @Test
  void theChannelIsFlushedOnceForABatchThatIsAnsweredAndNotForAnother() {
    PacketService answers =
        new Telling("a") {
          @Override
          protected void packet(PacketSession session, PacketReader packet) {
            if (packet.u8() == 1) {
              session.write().u8(1).send();
            }
          }
        };
    try (TestHost host = new TestHost("telling", answers)) {
      Client client = connect(host);
      AtomicInteger flushes = new AtomicInteger();
      client
          .connection()
          .connection()
          .channel()
          .pipeline()
          .addFirst(
              new ChannelOutboundHandlerAdapter() {
                @Override
                public void flush(ChannelHandlerContext context) {
                  flushes.incrementAndGet();
                  context.flush();
                }
              });
      client.send("00", "00");
      client.connection().send(new byte[] {1});
      client.connection().send(new byte[] {0, 0});
      assertThat(flushes).hasValue(0);
      client.send("01", "00", "01");
      assertThat(flushes).hasValue(1);
      assertThat(client.received()).containsExactly("01", "01");
    }
  }

  @Test
  void aPacketForAllIsEncodedInTheFormatsOfThoseThatAreThere() {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    try (TestHost host = new TestHost("telling", new Telling("a"));
        Packet packet = PacketBuilder.of(allocator).u8(1).build()) {
      for (int key = 0; key < 5; key++) {
        settings = PacketSettings.usual(PacketFormat.net(7, PacketCodec.chained(key), 2000));
        host.connect().close();
      }
      settings = PacketSettings.usual(LAN);
      Client client = connect(host);
      long before = allocator.metric().usedHeapMemory();
      packets.sessions("telling").send(packet);
      assertThat(allocator.metric().usedHeapMemory()).isEqualTo(before);
      host.run();
      assertThat(client.received()).containsExactly("01");
    }
  }

  // ---- versions --------------------------------------------------------------------------------

  @Test
  void aSessionStaysWithItsNumberAndWhatWasAttachedDoesNot() {
    Telling first = new Telling("a");
    Telling second = new Telling("b");
    try (TestHost host = new TestHost("telling", first)) {
      Client client = connect(host);
      PacketSession session = first.last;
      session.attach("of the first");
      client.connection().send(new byte[] {2, 0, 1});
      host.handOver(second);
      assertThat(second.last).isSameAs(session);
      assertThat(session.attachment(Object.class)).isNull();
      client.connection().send(new byte[] {2});
      assertThat(client.received()).containsExactly("0102");
      assertThat(told)
          .containsExactly(
              "a joined", "a hands over", "b takes up from a", "b packet 0102", "b batch done");
      assertThat(packets.sessions("telling").count()).isOne();
    }
  }

  @Test
  void aVersionThatCannotTakeASessionUpLeavesItWhereItIs() {
    Telling second =
        new Telling("b") {
          @Override
          protected void takeUp(PacketSession session, Handed handed) {
            throw new IllegalStateException("not this one");
          }
        };
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client client = connect(host);
      host.handOver(second);
      assertThat(client.connection().version()).isEqualTo("1.0.0");
      client.send("01");
      assertThat(client.received()).containsExactly("01");
      assertThat(told)
          .containsExactly(
              "a joined", "a hands over", "a takes up from a", "a packet 01", "a batch done");
    }
  }

  @Test
  void aSessionThatIsEndingIsNotHandedOver() {
    Telling first = new Telling("a");
    try (TestHost host = new TestHost("telling", first)) {
      Client client = connect(host);
      client.connection().reads(false);
      client.send("01");
      first.last.close();
      host.handOver(new Telling("b"));
      assertThat(client.connection().version()).isEqualTo("1.0.0");
      assertThat(told).endsWith("a left CLOSED");
      client.connection().reads(true);
      assertThat(client.connection().isOpen()).isFalse();
    }
  }

  /** The host takes the session out of the pipeline before it knows that the version fails. */
  @Test
  void aVersionWithoutPacketsThatFailsLeavesTheSessionToTheOneBefore() {
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client client = connect(host);
      client.send("01");
      host.handOver(
          (PipelineService)
              (connection, handed, handlers) ->
                  handlers.add(
                      "own",
                      () ->
                          new ChannelInboundHandlerAdapter() {
                            @Override
                            public void handlerAdded(ChannelHandlerContext context) {
                              throw new IllegalStateException("as the test wants it");
                            }
                          }));

      client.send("02");

      assertThat(client.connection().isOpen()).isTrue();
      assertThat(client.received()).containsExactly("01", "02");
      assertThat(client.connection().version()).isEqualTo("1.0.0");
    }
  }

  @Test
  void aVersionWithoutPacketsGoesOnWithTheBytes() {
    settings = new PacketSettings(LAN, Duration.ofSeconds(40), 0, 1, false, 1024, 2048);
    PipelineService raw =
        (connection, handed, handlers) ->
            handlers.add(
                "raw",
                () ->
                    new ChannelInboundHandlerAdapter() {
                      @Override
                      public void channelRead(ChannelHandlerContext context, Object bytes) {
                        context.writeAndFlush(bytes);
                      }
                    });
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client client = connect(host);
      client.connection().send(new byte[] {1, 0, 7, 2, 0, 'x'});
      host.handOver(raw);
      host.pass(Duration.ofSeconds(1));
      assertThat(client.connection().version()).isEqualTo("2.0.0");
      assertThat(client.connection().received()).isEqualTo("\1\0\7\2\0x");
      assertThat(packets.sessions("telling").count()).isZero();
      host.handOver(new Telling("c"));
      client.send("05");
      assertThat(client.received()).containsExactly("05");
      assertThat(told).contains("c takes up from nobody");
      assertThat(packets.sessions("telling").count()).isOne();
      host.pass(Duration.ofSeconds(40));
      assertThat(client.connection().isOpen()).as("it was silent").isFalse();
    }
  }

  @Test
  void aPacketIsNotSentTwiceAndNotLostAsVersionsChange() {
    try (TestHost host = new TestHost("telling", new Telling("a"))) {
      Client client = connect(host);
      client.connection().reads(false);
      for (int i = 0; i < 200; i++) {
        client.send(String.format("%04x", i) + "00".repeat(500));
        if (i % 20 == 0) {
          host.handOver(new Telling("v" + i));
        }
      }
      client.connection().reads(true);
      List<String> received = client.received();
      assertThat(received).hasSize(200);
      for (int i = 0; i < 200; i++) {
        assertThat(received.get(i)).startsWith(String.format("%04x", i));
      }
    }
  }
}

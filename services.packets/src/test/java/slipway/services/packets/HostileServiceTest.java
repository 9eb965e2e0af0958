package slipway.services.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import slipway.packet.Packet;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketEnd;
import slipway.packet.PacketFormat;
import slipway.packet.PacketReader;
import slipway.packet.PacketService;
import slipway.packet.PacketSession;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

/** Services that break their contract: no buffer is lost, and no half of a packet goes out. */
class HostileServiceTest {

  private static final PacketFormat LAN = PacketFormat.lan(2000);

  private final Packets packets = new Packets(connection -> PacketSettings.usual(LAN));
  private final List<String> told = new ArrayList<>();

  /** Does nothing, and remembers its last session. */
  private class Quiet extends PacketService {
    PacketSession last;

    Quiet() {
      super(packets);
    }

    @Override
    protected void joined(PacketSession session) {
      last = session;
    }

    @Override
    protected void packet(PacketSession session, PacketReader packet) throws Exception {
      // it only listens
    }

    @Override
    protected void left(PacketSession session, PacketEnd why) {
      told.add("left " + why);
    }
  }

  /** Knows no packets. */
  private static final class Raw implements PipelineService {
    @Override
    public void pipeline(Connection connection, Handed handed, Handlers handlers) {
      handlers.add("raw", ChannelInboundHandlerAdapter::new);
    }
  }

  private static Channel channel(TestConnection client) {
    return client.connection().channel();
  }

  // ---- packets that are begun and not sent -----------------------------------------------------

  @Test
  void aPacketThatIsBegunWhenTheSessionIsOverHoldsNoBuffer() {
    Quiet begins =
        new Quiet() {
          @Override
          protected void left(PacketSession session, PacketEnd why) {
            super.left(session, why);
            session.write().u8(1);
          }
        };
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    try (TestHost host = new TestHost("begins", begins)) {
      TestConnection client = host.connect();
      channel(client).config().setAllocator(allocator);
      begins.last.write().u8(1).send();
      host.run();
      client.close();
      assertThat(told).containsExactly("left LEFT");
      assertThat(allocator.metric().usedHeapMemory()).isZero();
    }
  }

  @Test
  void aPacketThatIsBegunWhenAnotherVersionComesEndsTheSession() {
    Quiet begins = new Quiet();
    try (TestHost host = new TestHost("begins", begins)) {
      TestConnection client = host.connect();
      begins.last.write().u8(1).send();
      begins.last.write().u8(2);
      host.handOver(new Raw());
      assertThat(client.received()).isEqualTo("\1\0\1");
      assertThat(client.isOpen()).isFalse();
      assertThat(client.version()).isEqualTo("1.0.0");
      assertThat(told).containsExactly("left FAILED");
    }
  }

  @Test
  void aPacketThatIsBegunAsTheSessionIsGivenUpIsTheGiversFault() {
    Quiet begins =
        new Quiet() {
          @Override
          protected Handed handOver(PacketSession session) {
            session.write().u8(1).send();
            session.write().u8(2);
            return Handed.nothing();
          }
        };
    try (TestHost host = new TestHost("begins", begins)) {
      TestConnection client = host.connect();
      host.handOver(new Quiet());
      assertThat(client.received()).isEqualTo("\1\0\1");
      assertThat(client.isOpen()).isFalse();
      assertThat(client.version()).isEqualTo("1.0.0");
      assertThat(told).containsExactly("left FAILED");
    }
  }

  @Test
  void aPacketThatIsBegunIsNotSentAsItsHandlerIsTakenOut() {
    Quiet begins = new Quiet();
    try (TestHost host = new TestHost("begins", begins)) {
      TestConnection client = host.connect();
      begins.last.write().u8(1).send();
      begins.last.write().u8(2);
      channel(client).pipeline().remove("slipway-packets");
      assertThat(client.received()).isEqualTo("\1\0\1");
      assertThat(client.isOpen()).isTrue();
    }
  }

  // ---- taking up -------------------------------------------------------------------------------

  /** Closes a session that it takes up, and fails then. */
  private final class Closing extends Quiet {
    @Override
    protected void takeUp(PacketSession session, Handed handed) {
      session.close();
      throw new IllegalStateException("not this one");
    }
  }

  @Test
  void aSessionIsOverIfItIsClosedAndThenNotTakenUp() {
    try (TestHost host = new TestHost("closed", new Quiet())) {
      TestConnection client = host.connect();
      host.handOver(new Closing());
      assertThat(client.isOpen()).isFalse();
      assertThat(packets.sessions("closed").count()).isZero();
      assertThat(told).containsExactly("left CLOSED");
    }
  }

  @Test
  void aPacketThatIsBegunByAVersionThatFailsDoesNotFallBackOnTheOneBefore() {
    Quiet first =
        new Quiet() {
          @Override
          protected void takeUp(PacketSession session, Handed handed) {
            session.write().u8(1).send();
          }
        };
    Quiet second =
        new Quiet() {
          @Override
          protected void takeUp(PacketSession session, Handed handed) {
            session.write().u8(2);
            throw new IllegalStateException("not this one");
          }
        };
    try (TestHost host = new TestHost("begins", first)) {
      TestConnection client = host.connect();
      host.handOver(second);
      assertThat(client.version()).isEqualTo("1.0.0");
      assertThat(client.received()).isEqualTo("\1\0\1");
      assertThat(client.isOpen()).isTrue();
      assertThat(told).isEmpty();
    }
  }

  // ---- classes that are missing ----------------------------------------------------------------

  /** Lacks a class that it needs for each packet. */
  private final class Lacking extends Quiet {
    @Override
    protected void packet(PacketSession session, PacketReader packet) {
      throw new NoClassDefFoundError("slipway/Missing");
    }
  }

  @Test
  void theHostHearsOfAClassThatAVersionLacksOnceForEachVersion() {
    List<Throwable> heard = new ArrayList<>();
    try (TestHost host = new TestHost("lacking", new Lacking())) {
      for (int version = 1; version <= 2; version++) {
        for (int i = 0; i < 3; i++) {
          TestConnection client = host.connect();
          hear(client, heard);
          client.send(new byte[] {0, 0});
          assertThat(client.isOpen()).isFalse();
        }
        assertThat(heard).hasSize(version).hasOnlyElementsOfType(NoClassDefFoundError.class);
        host.handOver(new Lacking());
      }
      assertThat(packets.sessions("lacking").ended(PacketEnd.FAILED)).isEqualTo(6);
      assertThat(told).hasSize(6).containsOnly("left FAILED");
    }
  }

  @Test
  void theHostHearsOfItAlsoBehindAClose() {
    List<Throwable> heard = new ArrayList<>();
    Quiet closes =
        new Quiet() {
          @Override
          protected void packet(PacketSession session, PacketReader packet) {
            session.close();
            throw new NoClassDefFoundError("slipway/Missing");
          }
        };
    try (TestHost host = new TestHost("closes", closes)) {
      TestConnection client = host.connect();
      hear(client, heard);
      client.send(new byte[] {0, 0});
      assertThat(heard).hasSize(1);
      assertThat(told).containsExactly("left CLOSED");
    }
  }

  private static void hear(TestConnection client, List<Throwable> heard) {
    channel(client)
        .pipeline()
        .addAfter(
            "slipway-receiver",
            "heard",
            new ChannelInboundHandlerAdapter() {
              @Override
              public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                heard.add(cause);
                context.fireExceptionCaught(cause);
              }
            });
  }

  // ---- packets for many ------------------------------------------------------------------------

  @Test
  void aPacketForAllComesOnceThoughSessionsEndWhileItIsSent() {
    List<PacketSession> sessions = new ArrayList<>();
    Quiet closes =
        new Quiet() {
          @Override
          protected void joined(PacketSession session) {
            sessions.add(session);
          }

          @Override
          protected void left(PacketSession session, PacketEnd why) {
            sessions.get(1).close();
          }
        };
    try (TestHost host = new TestHost("closes", closes);
        Packet packet = PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT).u8(7).build()) {
      List<TestConnection> clients = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        clients.add(host.connect());
      }
      sessions.get(3).write().u8(1); // is begun, so it ends as it is sent another one
      packets.sessions("closes").send(packet);
      host.run();
      assertThat(clients.stream().map(TestConnection::received))
          .containsExactly("\1\0\7", "", "\1\0\7", "", "\1\0\7");
      packets.sessions("closes").send(packet);
      host.run();
      assertThat(clients.stream().map(TestConnection::received))
          .containsExactly("\1\0\7", "", "\1\0\7", "", "\1\0\7");
    }
  }

  /** Has no memory left. */
  private static final class Exhausted extends AbstractByteBufAllocator {
    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      throw new OutOfMemoryError("for this test");
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      throw new OutOfMemoryError("for this test");
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }
  }

  @Test
  void aPacketThatCannotBeWrittenIsReleasedAllTheSame() throws Exception {
    Quiet quiet = new Quiet();
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    try (TestHost host = new TestHost("quiet", quiet)) {
      TestConnection client = host.connect();
      channel(client).config().setAllocator(new Exhausted());
      CompletableFuture.runAsync(
              () -> {
                try (Packet packet = PacketBuilder.of(allocator).u8(1).build()) {
                  packets.sessions("quiet").send(packet);
                  quiet.last.send(packet);
                }
              })
          .get();
      host.run();
      assertThat(allocator.metric().usedHeapMemory()).isZero();
      channel(client).config().setAllocator(allocator);
    }
  }
}

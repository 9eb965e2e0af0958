package slipway.services.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import slipway.packet.PacketEnd;
import slipway.packet.PacketFormat;
import slipway.packet.PacketInbox;
import slipway.packet.PacketReader;
import slipway.packet.PacketService;
import slipway.packet.PacketSession;
import slipway.packet.PacketSettings;
import slipway.packet.Packets;
import slipway.service.Handed;
import slipway.testkit.TestHost;

/** Packets that a thread of the service's own takes, and sessions that are not read. */
class InboxTest {

  /** Four of the longest packets, with their lengths, are as much as the smallest inbox has. */
  private static final PacketFormat LAN = PacketFormat.lan(252);

  private final Packets packets = packets(LAN);

  private static Packets packets(PacketFormat format) {
    PacketSettings settings =
        new PacketSettings(format, Duration.ZERO, 0, 1, false, PacketSettings.LEAST_INBOX, 4096);
    return new Packets(connection -> settings);
  }

  /** Puts what comes into an inbox. */
  private static class Putting extends PacketService {
    final AtomicReference<PacketInbox> inbox = new AtomicReference<>();
    private Thread taker;

    private Putting(Packets packets) {
      super(packets);
    }

    @Override
    protected void joined(PacketSession session) {
      inbox.set(new PacketInbox(session));
    }

    @Override
    protected void packet(PacketSession session, PacketReader packet) {
      inbox.get().put(packet);
    }

    @Override
    protected void batchDone(PacketSession session) {
      LockSupport.unpark(taker);
    }

    /** What waits, as lengths. */
    private List<Integer> take(int most) {
      List<Integer> lengths = new ArrayList<>();
      while (lengths.size() < most) {
        PacketReader packet = inbox.get().take();
        if (packet == null) {
          break;
        }
        lengths.add(packet.remaining());
      }
      return lengths;
    }
  }

  private static String payload(int length) {
    return "07".repeat(length);
  }

  @Test
  void packetsWaitInTheirOrderWhereverTheRingIs() {
    Putting putting = new Putting(packets);
    try (TestHost host = new TestHost("putting", putting)) {
      Client client = new Client(host.connect(), LAN);
      for (int round = 0; round < 2; round++) { // gaps of each size, from one byte to four
        for (int length = 0; length <= 252; length++) {
          client.send(payload(length), payload(252 - length), payload(round));
          assertThat(putting.inbox.get().isEmpty()).isFalse();
          assertThat(putting.take(9)).containsExactly(length, 252 - length, round);
          assertThat(putting.inbox.get().isEmpty()).isTrue();
        }
      }
    }
  }

  @Test
  void aSessionIsReadNoFurtherWhileItsInboxIsFullAndThenGoesOn() {
    Putting putting = new Putting(packets);
    try (TestHost host = new TestHost("putting", putting)) {
      Client client = new Client(host.connect(), LAN);
      client.send(payload(252), payload(252), payload(252), payload(252), payload(2));
      assertThat(client.connection().isRead()).isFalse();
      PacketSession session = packets.sessions("putting").open().iterator().next();
      assertThat(session.inboxed()).isEqualTo(768);
      client.send(payload(3));
      assertThat(putting.take(1)).containsExactly(252);
      host.run();
      assertThat(client.connection().isRead()).as("less than half is free").isFalse();
      List<Integer> others = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        others.addAll(putting.take(9));
        host.run();
      }
      assertThat(others).containsExactly(252, 252, 252, 2, 3);
      assertThat(client.connection().isRead()).isTrue();
    }
  }

  /** Nine packets of 96 bytes with their lengths leave less of 1,024 than two of them take. */
  @Test
  void anInboxIsAsLargeAsItIsConfigured() {
    assertThat(countUntilFull(96)).isEqualTo(9);
  }

  /** Three leave less than two take of the room for four, which is more than is configured. */
  @Test
  void anInboxHasRoomForFourOfTheLongestPackets() {
    assertThat(countUntilFull(1000)).isEqualTo(3);
  }

  private static int countUntilFull(int longest) {
    PacketFormat format = PacketFormat.lan(longest);
    Putting putting = new Putting(packets(format));
    try (TestHost host = new TestHost("putting", putting)) {
      Client client = new Client(host.connect(), format);
      for (int i = 0; i < 20; i++) {
        client.send(payload(longest));
      }
      assertThat(client.connection().isRead()).isFalse();
      return putting.take(20).size();
    }
  }

  @Test
  void anInboxOfTheVersionBeforeDoesNotHaveTheSessionRead() {
    Putting first = new Putting(packets);
    try (TestHost host = new TestHost("putting", first)) {
      Client client = new Client(host.connect(), LAN);
      client.send(payload(252), payload(252), payload(252));
      PacketSession session = packets.sessions("putting").open().iterator().next();
      assertThat(session.inboxed()).isPositive();
      Putting second = new Putting(packets);
      host.handOver(second);
      client.send(payload(124));
      assertThat(second.take(9)).containsExactly(124);
      client.send(payload(252), payload(252), payload(252), payload(248));
      assertThat(client.connection().isRead()).isFalse();
      assertThat(first.take(9)).containsExactly(252, 252, 252);
      host.run();
      assertThat(client.connection().isRead()).as("the other one is full").isFalse();
      assertThat(second.take(9)).containsExactly(252, 252, 252, 248);
      assertThat(client.connection().isRead()).isTrue();
    }
  }

  @Test
  void anotherThreadTakesAllThatComesInItsOrder() throws Exception {
    int count = 20_000;
    Putting putting = new Putting(packets);
    try (TestHost host = new TestHost("putting", putting)) {
      Client client = new Client(host.connect(), LAN);
      CompletableFuture<String> taken =
          CompletableFuture.supplyAsync(
                  () -> takeInOrder(putting.inbox.get(), count),
                  taking -> {
                    putting.taker = Thread.ofPlatform().unstarted(taking);
                    putting.taker.start();
                  })
              .thenApplyAsync(told -> told, client.connection().connection().channel().eventLoop());
      for (int i = 0; i < count; i += 20) {
        String[] next = new String[20];
        for (int j = 0; j < next.length; j++) {
          int number = Integer.reverseBytes(i + j);
          next[j] = String.format("%08x", number) + payload((i + j) * 7 % 240);
        }
        client.send(next);
      }
      host.await(taken::isDone);
      assertThat(taken.get()).isEqualTo("all");
      assertThat(client.connection().isRead()).isTrue();
    }
  }

  private static String takeInOrder(PacketInbox inbox, int count) {
    for (int i = 0; i < count; ) {
      PacketReader packet = inbox.take();
      if (packet == null) {
        LockSupport.parkNanos(1_000_000);
        continue;
      }
      int number = packet.i32();
      if (number != i || packet.remaining() != i * 7 % 240) {
        return number + " and " + packet.remaining() + " bytes, and not " + i;
      }
      for (int left = packet.remaining(); left > 0; left--) {
        if (packet.u8() != 7) {
          return "another byte in " + i;
        }
      }
      i++;
    }
    inbox.take();
    return "all";
  }

  // ---- sessions that are not read --------------------------------------------------------------

  /** Takes one packet each time that it is asked to. */
  private static class OneByOne extends PacketService {
    private final List<Integer> taken = new ArrayList<>();
    private PacketSession last;

    private OneByOne(Packets packets) {
      super(packets);
    }

    @Override
    protected void joined(PacketSession session) {
      last = session;
    }

    @Override
    protected void packet(PacketSession session, PacketReader packet) {
      taken.add(packet.u8());
      session.write().u8(0).send();
      session.reads(false);
    }

    @Override
    protected void takeUp(PacketSession session, Handed handed) {
      last = session;
    }
  }

  @Test
  void aServiceThatWantsNoPacketsIsGivenNoneUntilItDoesAgain() throws Exception {
    OneByOne first = new OneByOne(packets);
    try (TestHost host = new TestHost("one", first)) {
      Client client = new Client(host.connect(), LAN);
      client.send("01", "02", "03");
      client.send("04");
      assertThat(first.taken).containsExactly(1);
      assertThat(client.connection().isRead()).isFalse();
      assertThat(client.received()).as("it is answered all the same").containsExactly("00");
      first.last.reads(true);
      assertThat(first.taken).containsExactly(1, 2);
      CompletableFuture.runAsync(() -> first.last.reads(true)).get();
      host.run();
      assertThat(first.taken).containsExactly(1, 2, 3);
      assertThat(client.received()).containsExactly("00", "00");
      OneByOne second = new OneByOne(packets);
      host.handOver(second);
      assertThat(second.taken).as("another version begins as one that is read").containsExactly(4);
      assertThat(client.received()).containsExactly("00");
      second.last.reads(true);
      client.send("05", "06", "07");
      OneByOne third = new OneByOne(packets);
      host.handOver(third);
      assertThat(third.taken).as("what had come was not given yet").containsExactly(6);
      third.last.reads(true);
      assertThat(third.taken).containsExactly(6, 7);
    }
  }

  @Test
  void whatCameBeforeTheEndOfTheInputIsGivenOnceItIsWanted() {
    List<PacketEnd> ends = new ArrayList<>();
    OneByOne service =
        new OneByOne(packets) {
          @Override
          protected void left(PacketSession session, PacketEnd why) {
            ends.add(why);
          }
        };
    try (TestHost host = new TestHost("one", service)) {
      Client client = new Client(host.connect(), LAN);
      client.send("01", "02", "03");
      client.endsOutputUnread();
      service.last.reads(true);
      host.run();
      assertThat(service.taken).containsExactly(1, 2);
      assertThat(ends).isEmpty();
      service.last.reads(true);
      host.run();
      service.last.reads(true);
      host.run();
      assertThat(service.taken).containsExactly(1, 2, 3);
      assertThat(ends).containsExactly(PacketEnd.LEFT);
      assertThat(client.received()).containsExactly("00", "00", "00");
      assertThat(client.connection().isOpen()).isFalse();
    }
  }

  /** Takes one packet of each batch, and tells what it is told. */
  private static final class Sipping extends PacketService {
    private final List<String> told = new ArrayList<>();

    private Sipping(Packets packets) {
      super(packets);
    }

    @Override
    protected void packet(PacketSession session, PacketReader packet) {
      told.add("packet " + packet.u8());
      session.reads(false);
    }

    @Override
    protected void batchDone(PacketSession session) {
      session.reads(true);
      told.add("batch done");
    }

    @Override
    protected void takeUp(PacketSession session, Handed handed) {
      session.reads(false);
      session.reads(true);
      told.add("taken up");
    }
  }

  @Test
  void aServiceThatWantsPacketsWithinACallIsGivenThemAfterIt() {
    Sipping sipping = new Sipping(packets);
    try (TestHost host = new TestHost("sipping", sipping)) {
      Client client = new Client(host.connect(), LAN);
      client.send("01", "02", "03");
      assertThat(sipping.told)
          .containsExactly(
              "packet 1", "batch done", "packet 2", "batch done", "packet 3", "batch done");
    }
  }

  @Test
  void aVersionThatWantsPacketsAsItTakesUpIsGivenThemAfterThat() {
    try (TestHost host = new TestHost("sipping", new OneByOne(packets))) {
      Client client = new Client(host.connect(), LAN);
      client.send("01", "02");
      Sipping sipping = new Sipping(packets);
      host.handOver(sipping);
      assertThat(sipping.told).containsExactly("taken up", "packet 2", "batch done");
    }
  }
}

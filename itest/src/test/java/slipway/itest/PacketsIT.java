package slipway.itest;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** One service of packets, for servers at one acceptor and for old clients at another. */
public class PacketsIT {

  private static final short ECHO = 5000;
  private static final short TIME = 5002;
  private static final short PUBLISH = 5004;
  private static final int PEERS = 20;
  private static final int UNDER_WAY = 5;
  private static final int SWAPS = 10;

  @Rule public final UnpackedHost host = new UnpackedHost();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private PacketAcceptors acceptors;

  @Before
  public void configure() throws Exception {
    acceptors = PacketAcceptors.of(host);
    host.done("start");
  }

  private PacketPeer server() throws IOException {
    return new PacketPeer(acceptors.lan(), false);
  }

  private PacketPeer client() throws IOException {
    return new PacketPeer(acceptors.net(), true);
  }

  private static byte[] echo(long account, long tick) {
    return PacketPeer.payload(18).putShort(ECHO).putLong(account).putLong(tick).array();
  }

  private static void assertEchoed(long account, long tick, PacketPeer peer) throws IOException {
    ByteBuffer answer = peer.next();
    assertEquals(ECHO + 1, answer.getShort());
    assertEquals(account, answer.getLong());
    assertEquals(tick, answer.getLong());
    assertEquals(0, answer.remaining());
  }

  @Test
  public void serversAndOldClientsMeet() throws Exception {
    try (PacketPeer server = server();
        PacketPeer client = client();
        PacketPeer other = client()) {
      server.send(echo(7, 0x1122334455667788L), echo(8, 1));
      assertEchoed(7, 0x1122334455667788L, server);
      assertEchoed(8, 1, server);
      client.send(echo(9, -1));
      assertEchoed(9, -1, client);
      other.send(PacketPeer.payload(2).putShort(TIME).array());
      ByteBuffer time = other.next();
      assertEquals(TIME + 1, time.getShort());
      assertTrue(Math.abs(time.getLong() - System.currentTimeMillis()) < 60_000);
      byte[] said = "to all".getBytes("UTF-8");
      client.send(
          PacketPeer.payload(4 + said.length)
              .putShort(PUBLISH)
              .putShort((short) said.length)
              .put(said)
              .array());
      for (PacketPeer peer : List.of(server, other)) {
        ByteBuffer published = peer.next();
        assertEquals(PUBLISH + 1, published.getShort());
        assertEquals(said.length, published.getShort());
        byte[] heard = new byte[published.remaining()];
        published.get(heard);
        assertArrayEquals(said, heard);
      }
    }
  }

  @Test
  public void whoSendsWhatIsWrongIsClosedAlone() throws Exception {
    try (PacketPeer good = client()) {
      for (byte[] wrong :
          new byte[][] {
            {0x78}, // another code
            {0x77, (byte) 0xff, (byte) 0xff}, // too long
            {0x77, 0, 0, 0x31, 0x02}, // another checksum
          }) {
        try (PacketPeer bad = client()) {
          bad.raw(wrong);
          bad.awaitClosed();
        }
      }
      try (PacketPeer bad = server()) {
        bad.send(new byte[] {1});
        bad.awaitClosed();
      }
      good.send(echo(1, 2));
      assertEchoed(1, 2, good);
    }
  }

  @Test
  public void anEditHoldsForNewClientsAndAWrongOneChangesNothing() throws Exception {
    try (PacketPeer before = client()) {
      before.send(echo(1, 1));
      assertEchoed(1, 1, before);
      host.configure(
          "slipway.packet-net.cfg", "service = packets\nacceptor = net\nframing = wan\n");
      HostIT.eventually(
          "it is refused",
          true,
          () -> host.run("status").out().contains("framing = wan: allowed is lan or net"));
      try (PacketPeer after = client()) {
        after.send(echo(2, 2));
        assertEchoed(2, 2, after);
      }
      host.configure("slipway.packet-net.cfg", "service = packets\nacceptor = net\n");
      HostIT.eventually("packets are LAN's", true, this::servesLanAtNet);
      before.send(echo(3, 3));
      assertEchoed(3, 3, before);
    }
  }

  private boolean servesLanAtNet() throws IOException {
    try (PacketPeer after = new PacketPeer(acceptors.net(), false)) {
      after.send(echo(4, 4));
      assertEchoed(4, 4, after);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  @Test
  public void tenNewVersionsLoseDoubleAndReorderNothing() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      int number = i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (PacketPeer peer = number % 2 == 0 ? server() : client()) {
                      talk(peer, number, done);
                    } catch (Throwable failed) {
                      failure.compareAndSet(null, failed);
                    }
                  }));
    }
    for (int i = 1; i <= SWAPS; i++) {
      Path version =
          LaterBuild.of(host.shipped("packets"), "9." + i + ".0", folder.getRoot().toPath());
      host.done("libctl", "install", version.toString());
    }
    done.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
    assertTrue(host.done("libctl", "ps").contains("9." + SWAPS + ".0"));
    HostIT.eventually(
        "nothing leaks", false, () -> host.run("libctl", "leaks").out().contains("packets"));
  }

  /** Keeps some packets under way, each of which is answered once and in its order. */
  private static void talk(PacketPeer peer, int account, AtomicBoolean done) throws IOException {
    long sent = 0;
    long heard = 0;
    while (!done.get() || heard < sent) {
      while (!done.get() && sent < heard + UNDER_WAY) {
        peer.send(echo(account, sent++));
      }
      if (heard < sent) {
        assertEchoed(account, heard++, peer);
      }
    }
    assertTrue("something was said", sent > 0);
  }
}

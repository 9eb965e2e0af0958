package slipway.services.world;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketReader;
import slipway.testkit.TestConnection;
import slipway.testkit.TestPeer;

/** A client of the game, which reads packets as texts in which players have their names. */
final class TestPlayer {

  private final TestPeer peer;
  private final Map<Long, String> names;
  private String name = "";

  /** With which it can come back; null if it has none. */
  private byte[] token;

  /** How many bytes of packets it has got. */
  private long got;

  TestPlayer(TestPeer peer, Map<Long, String> names) {
    this.peer = peer;
    this.names = names;
  }

  TestConnection connection() {
    return peer.connection();
  }

  // ---- what it sends ---------------------------------------------------------------------------

  TestPlayer logsIn(String as, String password) {
    name = as;
    PacketBuilder packet = Protocol.text(TestPeer.packet(Protocol.LOGIN), as);
    byte[] secret = password.getBytes(StandardCharsets.UTF_8);
    peer.send(packet.u8(secret.length).bytes(secret));
    return this;
  }

  /** Comes back as another player, whose connection is lost. */
  TestPlayer comesBackAs(TestPlayer lost) {
    name = lost.name;
    got = lost.got;
    peer.send(resume(lost.token, lost.got));
    return this;
  }

  static PacketBuilder resume(byte[] token, long position) {
    return TestPeer.packet(Protocol.RESUME).bytes(token).i64(position);
  }

  /** Says what it has got, and perhaps more. */
  TestPlayer acknowledges(long more) {
    peer.send(TestPeer.packet(Protocol.ACK).i64(got + more));
    return this;
  }

  static PacketBuilder walk(long number, int x, int y) {
    return TestPeer.packet(Protocol.WALK).u32(number).u16(x).u16(y);
  }

  static PacketBuilder say(String text) {
    return Protocol.text(TestPeer.packet(Protocol.SAY), text);
  }

  static PacketBuilder go(String zone) {
    return Protocol.text(TestPeer.packet(Protocol.GO), zone);
  }

  static PacketBuilder look(int number) {
    return TestPeer.packet(Protocol.LOOK).u32(number);
  }

  TestPlayer sends(PacketBuilder... packets) {
    peer.send(packets);
    return this;
  }

  // ---- what it reads ---------------------------------------------------------------------------

  /** All that has come since it looked last, except updates without a player in them. */
  List<String> hears() {
    return all().stream().filter(text -> !text.matches("update \\d+")).toList();
  }

  /** All that has come since it looked last. */
  List<String> all() {
    return peer.received().stream().map(this::text).toList();
  }

  private String text(PacketReader packet) {
    got += Short.BYTES + packet.remaining(); // of LAN
    String text =
        switch (packet.u16()) {
          case Protocol.WELCOME -> welcome(packet.i64());
          case Protocol.TOKEN -> token(packet);
          case Protocol.RESUMED -> "resumed " + packet.i64() + " " + token(packet);
          case Protocol.REFUSED -> "refused " + packet.u8() + ": " + Protocol.text(packet);
          case Protocol.ZONE -> zone(packet);
          case Protocol.GOAL -> "goal " + packet.u32() + " " + point(packet);
          case Protocol.UPDATE -> "update " + packet.u32() + players(packet);
          case Protocol.CAME -> came(packet);
          case Protocol.WENT -> "went " + names.get(packet.i64());
          case Protocol.SAID -> names.get(packet.i64()) + ": " + Protocol.text(packet);
          case Protocol.SEEN ->
              "seen "
                  + packet.u32()
                  + " in "
                  + packet.u32()
                  + " at "
                  + point(packet)
                  + players(packet);
          default -> throw new AssertionError("it is no packet of the game");
        };
    packet.end();
    return text;
  }

  private String welcome(long id) {
    names.put(id, name);
    return "welcome";
  }

  private String token(PacketReader packet) {
    token = new byte[Protocol.TOKEN_BYTES];
    packet.bytes(token);
    return "token";
  }

  private static String zone(PacketReader packet) {
    String zone = Protocol.text(packet);
    packet.u32(); // the frame
    return zone + " " + point(packet);
  }

  private String came(PacketReader packet) {
    long id = packet.i64();
    names.put(id, Protocol.text(packet));
    return "came " + names.get(id) + " " + point(packet);
  }

  private static String point(PacketReader packet) {
    return packet.u16() + "," + packet.u16();
  }

  private String players(PacketReader packet) {
    List<String> players = new ArrayList<>();
    IntStream.range(0, packet.u16())
        .forEach(each -> players.add(" " + names.get(packet.i64()) + " " + point(packet)));
    return String.join("", players);
  }
}
